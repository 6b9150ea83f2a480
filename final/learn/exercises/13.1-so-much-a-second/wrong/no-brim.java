    boolean take(long amount, long now) {
        tokens += (now - asOf) / NANOS * perSecond;
        asOf = now;
        if (tokens < amount) {
            return false;
        }
        tokens -= amount;
        return true;
    }
