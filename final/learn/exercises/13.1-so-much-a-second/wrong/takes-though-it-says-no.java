    boolean take(long amount, long now) {
        tokens = Math.min(burst, tokens + (now - asOf) / NANOS * perSecond) - amount;
        asOf = now;
        return tokens >= 0;
    }
