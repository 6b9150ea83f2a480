    public Timer after(Duration delay, Runnable action) {
        events.add(new Event(now.plus(delay), scheduled++, action));
        return () -> {};
    }
