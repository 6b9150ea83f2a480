    Duration shutOut(String reason, long now) {
        Duration time = now - shutOutUntil > FORGIVEN.toNanos() ? FIRST : next;
        next = time.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : time.multipliedBy(2);
        shutOutUntil = now + time.toNanos();
        why = reason;
        return time;
    }
