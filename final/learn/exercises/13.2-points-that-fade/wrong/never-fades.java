    boolean reachesLimit(int more, long now) {
        points += more;
        asOf = now;
        return points >= LIMIT;
    }
