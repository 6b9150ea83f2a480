import java.util.ArrayList;
import java.util.List;

    public void advance(Duration duration, Runnable afterEach) {
        Instant end = now.plus(duration);
        List<Event> due = new ArrayList<>();
        while (!events.isEmpty() && !events.peek().at.isAfter(end)) {
            due.add(events.remove());
        }
        for (Event event : due) {
            if (event.action != null) {
                now = event.at;
                event.action.run();
                afterEach.run();
            }
        }
        now = end;
    }
