package org.naivechain.defence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.Misbehaviour;

/** On a clock that moves when it is told to. */
class PointsThatFadeCheck {
    private static final Source HOST = Source.host("192.0.2.7");

    private final AtomicLong clock =
            new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());

    private final PeerScores scores = new PeerScores(RateLimits.DEFAULT, clock::get);

    @BeforeAll
    static void doNotLog() {
        Quiet.begin();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private void report(int points) {
        scores.report(HOST, new Misbehaviour("TEST", points), "a frame");
    }

    private boolean isShutOut() {
        return scores.objection(HOST).isPresent();
    }

    /** For how many seconds it is shut out, by waiting. */
    private long seconds() {
        long seconds = 0;
        while (isShutOut() && seconds < 4_000) {
            pass(Duration.ofSeconds(1));
            seconds++;
        }
        return seconds;
    }

    @Test
    @DisplayName("10,000 points at once shut a peer out, and 9,999 do not")
    void theLimit() {
        report(9_999);
        Explain.same(false, isShutOut(), "A peer got 9,999 points. Is it shut out?", "The limit is 10,000.");
        report(1);
        Explain.same(true, isShutOut(), "A peer got 9,999 points and 1 more. Is it shut out?", "10,000 is the limit.");
    }

    @Test
    @DisplayName("points fade at 100 a second")
    void pointsFade() {
        for (int i = 0; i < 100; i++) {
            report(1_000);
            pass(Duration.ofSeconds(10));
        }
        Explain.same(
                false,
                isShutOut(),
                "A peer got 1,000 points every ten seconds, a hundred times. Is it shut out?",
                "In ten seconds 1,000 points fade: a node of another version that sends a bad frame now and then goes on.");
        for (int i = 0; i < 520; i++) {
            report(20);
            pass(Duration.ofMillis(500));
        }
        Explain.same(
                false,
                isShutOut(),
                "A peer got 20 points twice a second, 520 times. Is it shut out?",
                "In half a second 50 points fade. Whoever counts whole seconds only, and sets `asOf` each time, lets none fade.");
        report(9_000);
        pass(Duration.ofSeconds(5));
        report(1_500);
        Explain.same(
                true,
                isShutOut(),
                "A peer got 9,000 points, and five seconds later 1,500. Is it shut out?",
                "In five seconds 500 points fade, and 8,500 and 1,500 are 10,000.");
    }

    @Test
    @DisplayName("good behaviour is no credit: points do not fall below 0")
    void noCredit() {
        report(100);
        pass(Duration.ofDays(1));
        report(10_000);
        Explain.same(
                true,
                isShutOut(),
                "A peer behaved for a day and then got 10,000 points. Is it shut out?",
                "Or an attacker would connect, wait, and then have a day's worth for free.");
    }

    @Test
    @DisplayName("the first time lasts 30 seconds, each further one twice as long, and none more than 10 minutes")
    void eachTimeTwiceAsLong() {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            report(10_000);
            times.add(seconds());
        }
        Explain.same(
                List.of(30L, 60L, 120L, 240L, 480L, 600L, 600L, 600L),
                times,
                "A peer was shut out eight times, each time as soon as it was let in again. For so many seconds (0: not"
                        + " at all; 4000: longer):",
                "The longer it goes on the less it costs this node; but whoever has repaired the peer must not wait for days. If it"
                        + " begins with 30 too often: the clock of this check goes from the largest number to the smallest on the"
                        + " way, as the real one may. `a - b > 0` is right then, and `a > b` is not.");
        for (int i = 0; i < 70; i++) {
            report(10_000);
            Explain.that(
                    isShutOut(),
                    "At the " + (i + 9) + "th time the peer is not shut out.",
                    "What is doubled without end overflows one day.");
            pass(Duration.ofMinutes(11));
        }
    }

    @Test
    @DisplayName("after an hour of good behaviour it begins with 30 seconds again")
    void anHourForgives() {
        for (int i = 0; i < 3; i++) {
            report(10_000);
            seconds();
        }
        pass(Duration.ofMinutes(61));
        report(10_000);
        long first = seconds();
        report(10_000);
        Explain.same(
                List.of(30L, 60L),
                List.of(first, seconds()),
                "A peer was shut out three times, behaved for 61 minutes, and was shut out twice more. For so many seconds"
                        + " (0: not at all; 4000: longer):",
                "Addresses change hands, and bugs are mended: what was long ago says little.");
    }

    @Test
    @DisplayName("shutting out takes the points away")
    void theCountBeginsAnew() {
        report(10_000);
        seconds();
        report(9_999);
        Explain.same(
                false,
                isShutOut(),
                "A peer was shut out for 30 seconds, came back, and got 9,999 points. Is it shut out?",
                "It has been punished for the first 10,000; only 3,000 of them would have faded by themselves.");
    }

    @Test
    @DisplayName("a peer that is shut out is told why")
    void thePeerIsToldWhy() {
        report(10_000);
        String told = scores.objection(HOST).orElse("nothing");
        Explain.that(
                told.contains("a frame"),
                "A peer was shut out for: too much TEST, at last: a frame. It is told: " + told,
                "Without a reason the owner of a broken node does not know what to mend.");
    }
}
