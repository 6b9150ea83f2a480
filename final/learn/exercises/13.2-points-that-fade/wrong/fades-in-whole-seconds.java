boolean reachesLimit(int more, long now) {
    points = Math.max(0, points - (now - asOf) / 1_000_000_000 * FADING) + more;
    asOf = now;
    return points >= LIMIT;
}
