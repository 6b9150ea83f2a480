package org.naivechain.defence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.rpc.Defence;

/** On a clock that moves when it is told to. */
class PeerScoresTest {
    private static final Source HOST = Source.host("192.0.2.7");
    private static final Source CONNECTION = Source.caller("127.0.0.1", 3);

    /** The system's nanoseconds may be anywhere, also about to turn negative. */
    private final AtomicLong clock =
            new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());

    private final PeerScores scores = new PeerScores(new RateLimits(100, 10_000, 10), clock::get);
    private final List<Source> shutOut = new ArrayList<>();

    PeerScoresTest() {
        scores.whenShutOut(shutOut::add);
    }

    @Test
    void aConnectionMaySendItsRateAndTwoSecondsWorthAtOnce() {
        assertThat(commandsTaken(CONNECTION, 300)).isEqualTo(200);
        pass(Duration.ofSeconds(1));
        assertThat(commandsTaken(CONNECTION, 300)).isEqualTo(100);
        pass(Duration.ofHours(1));
        assertThat(commandsTaken(CONNECTION, 300)).isEqualTo(200);
        assertThat(scores.spend(CONNECTION, 1)).contains("at most 100 commands a second are taken over one connection");
    }

    @Test
    void aHostMaySendFourTimesAsMuch() {
        assertThat(commandsTaken(HOST, 2_000)).isEqualTo(800);
        assertThat(scores.spend(HOST, 1)).contains("at most 400 commands a second are taken from one host");
    }

    @Test
    void fewButLongCommandsAreBoundedToo() {
        assertThat(scores.spend(CONNECTION, 20_000)).isEmpty();
        assertThat(scores.spend(CONNECTION, 1))
                .contains("at most 10000 characters a second are taken over one connection");
        pass(Duration.ofMillis(1));
        assertThat(scores.spend(CONNECTION, 10)).isEmpty();
    }

    @Test
    void pointsThatComeSlowlyFadeAndShutNobodyOut() {
        for (int i = 0; i < 100; i++) {
            scores.report(HOST, Misbehaviour.GARBAGE, "x");
            pass(Duration.ofSeconds(10));
        }
        assertThat(shutOut).isEmpty();
        assertThat(scores.objection(HOST)).isEmpty();
    }

    @Test
    void whoGoesOnIsShutOutForAWhileAndToldWhy() {
        for (int i = 0; i < 9; i++) {
            scores.report(HOST, Misbehaviour.GARBAGE, "frame " + i);
        }
        assertThat(scores.objection(HOST)).isEmpty();

        scores.report(HOST, Misbehaviour.GARBAGE, "frame 9");

        assertThat(shutOut).containsExactly(HOST);
        assertThat(scores.objection(HOST))
                .contains("192.0.2.7 is shut out for another 31 s: too much GARBAGE, at last: frame 9");
        assertThat(scores.objection(Source.host("192.0.2.8"))).isEmpty();
        pass(Duration.ofSeconds(29));
        assertThat(scores.objection(HOST)).isPresent();
        pass(Duration.ofSeconds(1));
        assertThat(scores.objection(HOST)).isEmpty();
    }

    @Test
    void eachTimeIsTwiceAsLongUpToTenMinutesAndAnHourOfGoodConductIsRewarded() {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            seconds.add(secondsShutOut());
        }
        assertThat(seconds).containsExactly(30L, 60L, 120L, 240L, 480L, 600L, 600L);

        pass(Duration.ofMinutes(61));
        assertThat(secondsShutOut()).isEqualTo(30);
    }

    @Test
    void whatComesLateFromOneWhoIsShutOutMakesItNoLonger() {
        misbehave(HOST);
        misbehave(HOST);
        assertThat(shutOut).hasSize(1);
        pass(Duration.ofSeconds(30));
        assertThat(scores.objection(HOST)).isEmpty();
    }

    @Test
    void aFloodOfTenThousandRefusedCommandsIsEnough() {
        for (int i = 0; i < 9_999; i++) {
            scores.report(CONNECTION, PeerDefence.FLOOD, "rule");
        }
        assertThat(shutOut).isEmpty();
        scores.report(CONNECTION, PeerDefence.FLOOD, "rule");
        assertThat(shutOut).containsExactly(CONNECTION);
    }

    @Test
    void theSenderOfACommandIsItsHostAndOnLoopbackItsConnection() {
        PeerDefence defence = new PeerDefence(RateLimits.DEFAULT, command -> false, clock::get);
        defence.scores().whenShutOut(shutOut::add);
        Defence.Watch near = defence.opened("127.0.0.1");
        Defence.Watch far = defence.opened("192.0.2.7");
        for (int i = 0; i < 4; i++) {
            near.accuse(Misbehaviour.FORGED_BLOCK, "x");
        }
        assertThat(shutOut).containsExactly(Source.caller("127.0.0.1", 1));
        assertThat(near.shutOut()).isPresent();

        for (int i = 0; i < 10; i++) {
            // The blame would go to all nodes of this machine.
            defence.accuseCaller("127.0.0.1", Misbehaviour.GARBAGE, "x");
            far.accuse(Misbehaviour.FORGED_BLOCK, "x");
        }
        assertThat(shutOut).containsExactly(Source.caller("127.0.0.1", 1), HOST);
        assertThat(defence.objectionToCaller("192.0.2.7")).isPresent();
        assertThat(defence.objectionToCaller("127.0.0.1")).isEmpty();
    }

    @Test
    void oneWhoWasCalledIsItsHostAndOnLoopbackItsAddress() {
        PeerDefence defence = new PeerDefence(RateLimits.DEFAULT, command -> false, clock::get);
        defence.scores().whenShutOut(shutOut::add);
        for (int i = 0; i < 4; i++) {
            defence.accuseCalled(new PeerAddress("192.0.2.7", 15001), Misbehaviour.FORGED_BLOCK, "x");
            defence.accuseCalled(new PeerAddress("127.0.0.1", 15001), Misbehaviour.FORGED_BLOCK, "x");
        }
        assertThat(shutOut).extracting(Source::name).containsExactlyInAnyOrder("192.0.2.7", "127.0.0.1:15001");
        assertThat(defence.objectionToCalled(new PeerAddress("192.0.2.7", 9803)))
                .isPresent();
        assertThat(defence.objectionToCalled(new PeerAddress("127.0.0.1", 9803)))
                .isEmpty();
    }

    @Test
    void allAddressesOfAnIpv6NetworkAreOne() {
        assertThat(Source.caller("2001:db8:0:1:2:3:4:5", 1))
                .isEqualTo(Source.called(new PeerAddress("2001:db8:0:1::99", 15001)))
                .hasToString("2001:db8:0:1:0:0:0:0/64");
        assertThat(Source.host("2001:db8:0:2:2:3:4:5")).isNotEqualTo(Source.host("2001:db8:0:1:2:3:4:5"));
        assertThat(Source.host("fe80::1")).isNotEqualTo(Source.host("fe80::2"));
        assertThat(Source.caller("0:0:0:0:0:0:0:1", 5)).hasToString("connection 5 from 0:0:0:0:0:0:0:1");
        assertThat(Source.called(new PeerAddress("::1", 5)).isHost()).isFalse();
        assertThat(Source.host("1:2:3")).hasToString("1:2:3");
    }

    @Test
    void manyHostsDoNotFillTheMemoryAndTheLatestAreRemembered() {
        for (int i = 0; i < PeerScores.MAX_REMEMBERED + 500; i++) {
            scores.report(new Source("host " + i, true), Misbehaviour.MALFORMED, "x");
            misbehave(HOST);
        }
        assertThat(scores.remembered()).isEqualTo(PeerScores.MAX_REMEMBERED);
        assertThat(scores.objection(HOST)).isPresent();
    }

    @Test
    void ratesMustLeaveRoomForSomething() {
        assertThatThrownBy(() -> new RateLimits(1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rates must be positive: 1 commands a second, 0 characters a second, 1 commands under way");
    }

    private long secondsShutOut() {
        misbehave(HOST);
        long seconds = 0;
        while (scores.objection(HOST).isPresent()) {
            seconds++;
            pass(Duration.ofSeconds(1));
        }
        return seconds;
    }

    private void misbehave(Source source) {
        for (int i = 0; i < 10; i++) {
            scores.report(source, Misbehaviour.GARBAGE, "x");
        }
    }

    private int commandsTaken(Source source, int offered) {
        int taken = 0;
        for (int i = 0; i < offered; i++) {
            taken += scores.spend(source, 1).equals(Optional.empty()) ? 1 : 0;
        }
        return taken;
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
