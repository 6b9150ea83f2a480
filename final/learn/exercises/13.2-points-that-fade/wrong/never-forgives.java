    Duration shutOut(String reason, long now) {
        timesShutOut++;
        Duration time = FIRST.multipliedBy(1L << Math.min(timesShutOut - 1, 5));
        time = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        shutOutUntil = now + time.toNanos();
        points = 0;
        why = reason;
        return time;
    }
