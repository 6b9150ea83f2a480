    Duration shutOut(String reason, long now) {
        timesShutOut = now - shutOutUntil > FORGIVEN.toNanos() ? 1 : timesShutOut + 1;
        Duration time = FIRST.multipliedBy(1L << (timesShutOut - 1));
        shutOutUntil = now + time.toNanos();
        points = 0;
        why = reason;
        return time;
    }
