    public Timer after(Duration delay, Runnable action) {
        Event event = new Event(now.plus(delay), 0, action);
        events.add(event);
        return () -> event.action = null;
    }
