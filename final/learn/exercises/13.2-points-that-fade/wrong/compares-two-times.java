Duration shutOut(String reason, long now) {
    Duration time = now > shutOutUntil + FORGIVEN.toNanos() ? FIRST : next;
    next = Collections.min(List.of(time.multipliedBy(2), LONGEST));
    shutOutUntil = now + time.toNanos();
    points = 0;
    why = reason;
    return time;
}
