package org.naivechain.defence;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.rpc.Defence;

/**
 * Takes commands up to a rate and as long as there is room for them, and shuts out for a while nodes that go on, or send what no
 * honest node sends. Any thread may use it.
 */
public final class PeerDefence implements Defence {
    /** More than the limits allow. */
    static final Misbehaviour FLOOD = new Misbehaviour("FLOOD", 1);

    private final AtomicLong connections = new AtomicLong();
    private final Backlog backlog = new Backlog();
    private final RateLimits rates;
    private final PeerScores scores;
    private final Predicate<Command> isForBlocks;

    /**
     * A defence that has seen nobody yet.
     *
     * @param isForBlocks tells the commands that cost as much as a page of blocks
     * @param clock the time in nanoseconds, from wherever, which never goes back
     */
    public PeerDefence(RateLimits rates, Predicate<Command> isForBlocks, LongSupplier clock) {
        this.rates = rates;
        this.isForBlocks = isForBlocks;
        this.scores = new PeerScores(rates, clock);
    }

    PeerScores scores() {
        return scores;
    }

    @Override
    public Optional<String> objectionToCaller(String host) {
        return scores.objection(Source.host(host));
    }

    @Override
    public Optional<String> objectionToCalled(PeerAddress called) {
        return scores.objection(Source.called(called));
    }

    /** On the loopback address all nodes of a machine would pay for one of them. */
    @Override
    public void accuseCaller(String host, Misbehaviour what, String detail) {
        if (!Source.isLoopback(host)) {
            scores.report(Source.host(host), what, detail);
        }
    }

    @Override
    public void accuseCalled(PeerAddress called, Misbehaviour what, String detail) {
        scores.report(Source.called(called), what, detail);
    }

    @Override
    public void whenShutOut(Runnable look) {
        scores.whenShutOut(source -> look.run());
    }

    @Override
    public Watch opened(String host) {
        return new Caller(host, connections.incrementAndGet());
    }

    private final class Caller implements Watch {
        private final Source source;
        /** What is bounded for each connection, also where the host pays. */
        private final Source connection;

        private final AtomicInteger underWay = new AtomicInteger();

        Caller(String host, long number) {
            source = Source.caller(host, number);
            connection = Source.connection(host, number);
        }

        @Override
        public Optional<String> shutOut() {
            return scores.objection(source);
        }

        @Override
        public Optional<String> objection(int chars) {
            Optional<String> over = overTheRate(chars);
            if (over.isEmpty() && underWay.get() >= rates.commandsUnderWay()) {
                over = Optional.of(
                        "at most " + rates.commandsUnderWay() + " commands may be under way over one connection");
            }
            return accused(over);
        }

        private Optional<String> accused(Optional<String> rule) {
            rule.ifPresent(broken -> accuse(FLOOD, broken));
            return rule;
        }

        private Optional<String> overTheRate(int chars) {
            Optional<String> over = scores.spend(connection, chars);
            return over.isEmpty() && source.isHost() ? scores.spend(source, chars) : over;
        }

        @Override
        public Optional<String> admit(Command command, int chars) {
            boolean page = isForBlocks.test(command);
            Optional<String> over = page ? overTheRate(Backlog.PAGE) : Optional.empty();
            if (over.isPresent()) {
                return accused(over.map(rule -> rule + ", and a question for blocks counts as " + Backlog.PAGE));
            }
            if (!backlog.take(chars, page)) {
                return Optional.of("too much is waiting, try again later");
            }
            underWay.incrementAndGet();
            return Optional.empty();
        }

        @Override
        public void release(Command command, int chars) {
            backlog.giveBack(chars, isForBlocks.test(command));
            underWay.decrementAndGet();
        }

        /** No node of this program sends any, and they cost as much as a command. */
        @Override
        public void pinged() {
            if (overTheRate(0).isPresent()) {
                accuse(FLOOD, "pings");
            }
        }

        @Override
        public void accuse(Misbehaviour what, String detail) {
            scores.report(source, what, detail);
        }

        @Override
        public void closed() {
            scores.forget(connection);
        }
    }
}
