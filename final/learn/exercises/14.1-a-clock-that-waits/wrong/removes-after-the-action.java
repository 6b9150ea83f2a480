    public Timer after(Duration delay, Runnable action) {
        Event event = new Event(now.plus(delay), scheduled++, action);
        events.add(event);
        return () -> events.remove(event);
    }

    void advance(Duration duration, Runnable afterEach) {
        Instant end = now.plus(duration);
        while (!events.isEmpty() && !events.peek().at.isAfter(end)) {
            Event event = events.peek();
            now = event.at;
            event.action.run();
            events.poll();
            afterEach.run();
        }
        now = end;
    }
