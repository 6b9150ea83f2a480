    boolean take(long amount, long now) {
        tokens = Math.min(burst, tokens + (now - asOf) * perSecond / NANOS);
        asOf = now;
        if (tokens < amount) {
            return false;
        }
        tokens -= amount;
        return true;
    }
