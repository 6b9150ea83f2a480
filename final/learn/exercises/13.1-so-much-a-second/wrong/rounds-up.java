    boolean take(long amount, long now) {
        tokens = Math.min(burst, tokens + (now - asOf) / NANOS * perSecond);
        asOf = now;
        if (Math.ceil(tokens) < amount) {
            return false;
        }
        tokens -= amount;
        return true;
    }
