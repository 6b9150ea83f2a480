    void advance(Duration duration, Runnable afterEach) {
        Instant end = now.plus(duration);
        while (!events.isEmpty() && !events.peek().at.isAfter(end)) {
            now = events.peek().at;
            int ran = 0;
            while (!events.isEmpty() && events.peek().at.equals(now)) {
                Event event = events.remove();
                if (event.action != null) {
                    event.action.run();
                    ran++;
                }
            }
            for (int i = 0; i < ran; i++) {
                afterEach.run();
            }
        }
        now = end;
    }
