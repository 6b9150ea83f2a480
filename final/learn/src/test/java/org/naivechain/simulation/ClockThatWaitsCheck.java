package org.naivechain.simulation;

import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.Time;

class ClockThatWaitsCheck {
    private final VirtualTime time = new VirtualTime();
    private final List<String> happened = new ArrayList<>();

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private void note(String what) {
        happened.add(what + " at " + millis());
    }

    private long millis() {
        return Duration.between(Instant.EPOCH, time.now()).toMillis();
    }

    @Test
    @DisplayName("what is due happens at its own moment, in order, and the clock ends at the end")
    void inOrderAtTheirMoments() {
        time.after(ms(30), () -> note("b"));
        time.after(ms(10), () -> note("a"));
        time.after(ms(50), () -> note("c"));
        time.after(ms(51), () -> note("d"));
        time.advance(ms(50));
        Explain.same(
                List.of("a at 10", "b at 30", "c at 50"),
                happened,
                "a is due after 10 ms, b after 30, c after 50, d after 51, and 50 ms passed. This happened:",
                "A node that reads the clock in an action must read the moment of that action.");
        time.advance(ms(0));
        Explain.same(
                50L,
                millis(),
                "50 ms passed, and then none. The clock shows:",
                "Time stands still unless it is told to move.");
    }

    @Test
    @DisplayName("of two events at one moment the one that was asked for first happens first")
    void tiesAreBrokenByTheOrderOfAsking() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            time.after(ms(5), () -> order.add(number));
        }
        time.advance(ms(5));
        Explain.same(
                IntStream.range(0, 20).boxed().toList(),
                order,
                "Twenty events, 0 to 19, were asked for in this order, all for the same moment. They happened in this order:",
                "If anything but the order of asking decides, adding an event elsewhere changes the run, and no seed"
                        + " replays it.");
    }

    @Test
    @DisplayName("events that have happened change nothing in the order of those that wait")
    void whatHasHappenedDoesNotCount() {
        time.after(ms(5), () -> note("a1"));
        time.after(ms(5), () -> note("a2"));
        time.after(ms(10), () -> note("b"));
        time.after(ms(6), () -> {
            note("a3");
            time.after(ms(4), () -> note("c"));
            time.after(ms(4), () -> note("d"));
        });
        time.advance(ms(10));
        Explain.same(
                List.of("a1 at 5", "a2 at 5", "a3 at 6", "b at 10", "c at 10", "d at 10"),
                happened,
                "a1, a2, and a3 were asked for 5, 5, and 6 ms, and b for 10. Then a3 asked for c and d, also for 10 ms."
                        + " This happened:",
                "b was asked for before c. How many events wait says nothing of that: events that have happened are"
                        + " gone from the queue.");
    }

    @Test
    @DisplayName("what decides between two events comes from the asking alone, and from no real clock")
    void theOrderComesFromTheAskingAlone() throws ReflectiveOperationException {
        VirtualTime other = new VirtualTime();
        for (int i = 0; i < 3; i++) {
            time.after(ms(5), () -> {});
            other.after(ms(5), () -> {});
        }
        Explain.same(
                orders(time),
                orders(other),
                "Two clocks were asked for three events each, at the same moments. The `order` of their events:",
                "A real clock gives other numbers in each run, and the same number twice where it ticks slowly. Count instead.");
    }

    /** What the events of a clock are told apart by, in their order. */
    private static List<Object> orders(VirtualTime clock) throws ReflectiveOperationException {
        Field events = VirtualTime.class.getDeclaredField("events");
        events.setAccessible(true);
        List<Object> orders = new ArrayList<>();
        for (Object event : (Collection<?>) events.get(clock)) {
            Field order = event.getClass().getDeclaredField("order");
            order.setAccessible(true);
            orders.add(order.get(event));
        }
        orders.sort(Comparator.comparing(order -> (Long) order));
        return orders;
    }

    @Test
    @DisplayName("an action may ask for more, which happens in the same advance if it is due")
    void actionsAskForMore() {
        time.after(ms(10), () -> {
            note("first");
            time.after(ms(10), () -> note("second"));
            time.after(ms(100), () -> note("later"));
        });
        time.advance(ms(50));
        Explain.same(
                List.of("first at 10", "second at 20"),
                happened,
                "At 10 ms an action asked for another one 10 ms later and one 100 ms later; 50 ms passed. This happened:",
                "Nodes answer, and answer the answers: nearly everything that happens is asked for while time passes.");
        time.advance(ms(60));
        Explain.same(
                3,
                happened.size(),
                "60 ms more passed. So many things happened in all:",
                "What was not due yet waits.");
    }

    @Test
    @DisplayName("a cancelled timer does nothing, and is no event")
    void cancelledTimersDoNothing() {
        Time.Timer timer = time.after(ms(10), () -> note("cancelled"));
        time.after(ms(20), () -> note("kept"));
        timer.cancel();
        int[] checks = new int[1];
        time.advance(ms(50), () -> checks[0]++);
        Explain.same(
                List.of("kept at 20"),
                happened,
                "Of two timers the first was cancelled. This happened:",
                "Every reply cancels a deadline: if it ran all the same, each would be told twice.");
        Explain.same(
                1,
                checks[0],
                "One event happened. `afterEach` was run so often:",
                "It is run after every event, and after nothing else.");
    }

    @Test
    @DisplayName("a timer may be cancelled by its own action, and no other one is")
    void anActionCancelsItsOwnTimer() {
        Time.Timer[] own = new Time.Timer[1];
        own[0] = time.after(ms(10), () -> {
            note("own");
            own[0].cancel();
        });
        time.after(ms(10), () -> note("next"));
        time.after(ms(20), () -> note("last"));
        time.advance(ms(50), () -> note("afterEach"));
        own[0].cancel();
        Explain.same(
                List.of(
                        "own at 10",
                        "afterEach at 10",
                        "next at 10",
                        "afterEach at 10",
                        "last at 20",
                        "afterEach at 20"),
                happened,
                "Three timers: `own`, whose action cancels that very timer; `next`, for the same moment; `last`, for 20 ms."
                        + " This happened:",
                "To cancel what happens already does nothing. A call whose deadline passes cancels that deadline, and no other"
                        + " event may be lost by it.");
    }

    @Test
    @DisplayName("`afterEach` is run after every single event, at the moment of that event")
    void checksAfterEveryEvent() {
        time.after(ms(10), () -> note("a"));
        time.after(ms(10), () -> {
            note("b");
            time.after(ms(0), () -> note("c"));
        });
        time.after(ms(30), () -> note("d"));
        time.advance(ms(50), () -> note("afterEach"));
        Explain.same(
                List.of(
                        "a at 10",
                        "afterEach at 10",
                        "b at 10",
                        "afterEach at 10",
                        "c at 10",
                        "afterEach at 10",
                        "d at 30",
                        "afterEach at 30"),
                happened,
                "a and b were due after 10 ms, and d after 30. b asked for c with no delay. 50 ms passed. This happened:",
                "The invariants are checked in `afterEach`. A mistake must show right after the event that made it, before the"
                        + " next one hides it, and under the time of that event.");
    }

    @Test
    @DisplayName("the same plan gives the same run, to the message")
    void theSameSeedGivesTheSameRun() {
        Plan plan = new Plan(3, 7, Duration.ofSeconds(3), Set.of(Fault.LOSS, Fault.CRASH));
        Report one = Trial.run(plan, Build.MAJORITY, passed -> {});
        Report other = Trial.run(plan, Build.MAJORITY, passed -> {});
        Explain.that(
                one.equals(other),
                "The same plan was run twice: " + one.messages() + " messages and " + one.added() + " adds, then "
                        + other.messages() + " and " + other.added() + ".",
                "A failure that cannot be replayed cannot be understood.");
        Explain.that(
                one.violation().isEmpty() && one.added() > 0,
                "A network of three nodes ran on this clock: " + one.added() + " adds, " + one.violation() + ".",
                "The nodes are right, so it is the clock.");
    }
}
