    public Timer after(Duration delay, Runnable action) {
        Event event = new Event(now.plus(delay), System.nanoTime(), action);
        events.add(event);
        return () -> event.action = null;
    }
