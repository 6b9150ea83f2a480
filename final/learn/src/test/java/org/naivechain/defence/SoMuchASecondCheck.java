package org.naivechain.defence;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;

/** A bucket of 100 tokens a second, and 200 at once. */
class SoMuchASecondCheck {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /** Near its end, as the system's nanoseconds may be. */
    private long now = Long.MAX_VALUE - SECOND / 2;

    private final TokenBucket bucket = new TokenBucket(100, now);

    @BeforeAll
    static void doNotLog() {
        Quiet.begin();
    }

    private int taken(int asks) {
        int taken = 0;
        for (int i = 0; i < asks; i++) {
            taken += bucket.take(1, now) ? 1 : 0;
        }
        return taken;
    }

    @Test
    @DisplayName("a full bucket gives its burst at once, and then nothing")
    void theBurst() {
        Explain.same(
                200,
                taken(300),
                "300 commands came in one moment, and 200 may come at once. So many were let through:",
                "A peer that was silent for a while may catch up; one that floods may not.");
    }

    @Test
    @DisplayName("in a second so much flows in as the rate says, also across the end of the clock")
    void theRate() {
        taken(300);
        now += SECOND;
        Explain.same(
                100,
                taken(300),
                "The bucket was empty, and a second passed. So many of 300 commands were let through:",
                "The clock went from " + (now - SECOND) + " to " + now + "; the difference is what counts.");
    }

    @Test
    @DisplayName("many short times let as much flow in as a long one")
    void shortTimesCount() {
        taken(300);
        int taken = 0;
        for (int i = 0; i < 1_000; i++) {
            now += MILLI;
            taken += taken(5);
        }
        Explain.that(
                taken >= 99 && taken <= 100,
                "The bucket was empty, and then 5 commands came every millisecond for a second. " + taken
                        + " were let through, not 100.",
                "In a millisecond a tenth of a token flows in. Ten of them make a whole one, if none is lost on the way.");
    }

    @Test
    @DisplayName("the bucket never holds more than its burst")
    void theBrim() {
        taken(300);
        now += 3_600 * SECOND;
        Explain.same(
                200,
                taken(100_000),
                "The bucket was empty, and an hour passed. So many of 100,000 commands were let through:",
                "Or a peer that was quiet all night could flood this node in the morning.");
    }

    @Test
    @DisplayName("a bucket is full again after any time of quiet, also a large one")
    void aLargeBucketAfterALongTime() {
        long perSecond = 64L * 1024 * 1024;
        for (long seconds : new long[] {3, 180, 600, 3_600}) {
            TokenBucket large = new TokenBucket(perSecond, now);
            large.take(2 * perSecond, now);
            now += seconds * SECOND;
            // Who looks before the inflow is told so elsewhere.
            large.take(0, now);
            Explain.same(
                    true,
                    large.take(2 * perSecond, now),
                    "A bucket of " + perSecond + " tokens a second was emptied, and " + seconds + " seconds passed. "
                            + 2 * perSecond + " tokens, all that it holds, were asked for. `take` said:",
                    "So many characters a second are a peer's due. Nanoseconds times tokens can be more than a long holds, and"
                            + " then turn negative: divide first, by a `double`.");
        }
    }

    @Test
    @DisplayName("what flowed in since the last call counts for this call")
    void firstTheInflow() {
        taken(300);
        now += SECOND;
        Explain.same(
                true,
                bucket.take(100, now),
                "The bucket was empty, a second passed, and 100 tokens were asked for. `take` said:",
                "100 tokens are due. First they flow in, then you look whether there are enough.");
    }

    @Test
    @DisplayName("a part of a token is not a token")
    void aPartIsNotEnough() {
        taken(300);
        long[] millis = {2, 4, 6, 9};
        long passed = 0;
        for (long until : millis) {
            now += (until - passed) * MILLI;
            passed = until;
            Explain.same(
                    false,
                    bucket.take(1, now),
                    "The bucket was empty, " + until + " milliseconds passed, and so it has 0." + until
                            + " tokens. One was asked for. `take` said:",
                    "There is less than one. If it is rounded, a peer that sends every millisecond gets far more than its"
                            + " rate.");
        }
        now += 2 * MILLI;
        Explain.same(
                true,
                bucket.take(1, now),
                "The bucket was empty, 11 milliseconds passed, and one token was asked for. `take` said:",
                "There are 1.1 tokens: the parts that flowed in at the refused calls are not lost.");
    }

    @Test
    @DisplayName("a refused command takes nothing")
    void aRefusalIsFree() {
        bucket.take(150, now);
        Explain.same(
                false,
                bucket.take(100, now),
                "150 of 200 tokens were taken, and 100 more were asked for. `take` said:",
                "There are only 50.");
        Explain.same(
                true,
                bucket.take(50, now),
                "150 of 200 tokens were taken, 100 were refused, and 50 were asked for. `take` said:",
                "Whoever is refused has cost nothing. If it were charged, a peer that asks on and on would never be"
                        + " heard again.");
    }
}
