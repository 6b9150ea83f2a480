    boolean take(long amount, long now) {
        boolean enough = tokens >= amount;
        tokens = Math.min(burst, tokens + (now - asOf) / NANOS * perSecond);
        asOf = now;
        if (enough) {
            tokens -= amount;
        }
        return enough;
    }
