    boolean reachesLimit(int more, long now) {
        points = points - (now - asOf) / 1e9 * FADING + more;
        asOf = now;
        return points >= LIMIT;
    }
