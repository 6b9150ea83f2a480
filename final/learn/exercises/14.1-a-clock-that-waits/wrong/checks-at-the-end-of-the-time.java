    void advance(Duration duration, Runnable afterEach) {
        Instant end = now.plus(duration);
        while (!events.isEmpty() && !events.peek().at.isAfter(end)) {
            Event event = events.remove();
            if (event.action != null) {
                now = event.at;
                event.action.run();
                now = end;
                afterEach.run();
            }
        }
        now = end;
    }
