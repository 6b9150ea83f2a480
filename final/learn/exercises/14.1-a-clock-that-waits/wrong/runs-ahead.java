    public void advance(Duration duration, Runnable afterEach) {
        now = now.plus(duration);
        while (!events.isEmpty() && !events.peek().at.isAfter(now)) {
            Event event = events.remove();
            if (event.action != null) {
                event.action.run();
                afterEach.run();
            }
        }
    }
