    boolean take(long amount, long now) {
        tokens = Math.min(burst, tokens + (now - asOf) / 1_000_000_000 * perSecond);
        asOf = now;
        if (tokens < amount) {
            return false;
        }
        tokens -= amount;
        return true;
    }
