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
 * The defence of a node: commands are taken up to a rate and as long as there is room for them, and nodes that go on, or send
 * what no honest node sends, are shut out for a while. Any thread may use it.
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
     * Nobody has done anything yet.
     *
     * @param rates how much others may ask
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
        /** The connection, on loopback; its host otherwise. */
        private final Source source;

        /** The connection, for what is bounded for each. */
        private final Source connection;

        private final AtomicInteger underWay = new AtomicInteger();

        Caller(String host, long number) {
            source = Source.caller(host, number);
            connection = new Source("connection " + number + " from " + host, false);
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
            over.ifPresent(rule -> accuse(FLOOD, rule));
            return over;
        }

        private Optional<String> overTheRate(int chars) {
            Optional<String> over = scores.spend(connection, chars);
            return over.isEmpty() && source.isHost() ? scores.spend(source, chars) : over;
        }

        @Override
        public Optional<String> admit(Command command, int chars) {
            CommandCost cost = cost(command, chars);
            Optional<String> over = cost.isPage()
                    ? overTheRate(cost.page())
                            .map(rule -> rule + ", and a question for blocks counts as " + cost.page())
                    : Optional.empty();
            over.ifPresent(rule -> accuse(FLOOD, rule));
            if (over.isEmpty() && !backlog.take(cost)) {
                return Optional.of("too much is waiting, try again later");
            }
            if (over.isEmpty()) {
                underWay.incrementAndGet();
            }
            return over;
        }

        @Override
        public void release(Command command, int chars) {
            backlog.giveBack(cost(command, chars));
            underWay.decrementAndGet();
        }

        private CommandCost cost(Command command, int chars) {
            return CommandCost.of(chars, isForBlocks.test(command));
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
