package org.naivechain.node;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.PeerAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures where the milliseconds of an add go, if that is wanted: logs the median of each part after every {@value #SAMPLES} adds.
 * Parts overlap: two votes are under way at the same time, and so are the proposer's own sync and the others'. Any thread may
 * record.
 */
final class Profile {
    private static final Logger LOG = LoggerFactory.getLogger("BLOCKCHAIN");
    private static final int SAMPLES = 2_000;
    private static final double NANOS_PER_MILLI = 1e6;

    /** A part of an add. */
    enum Part {
        /** From the HTTP thread to the outcome, all parts included. */
        ADD("add"),
        /** From the HTTP thread to the node's. */
        LOOP("wait for the node's thread"),
        /** From handing it over to the proposer to the proposer's word. */
        SUBMIT("hand over to the proposer"),
        /** From asking a member for its vote to the vote. */
        ROUND("round to a voter"),
        /** From hearing a proposal to the answer, the disk included. */
        VOTE("vote for another's batch"),
        /** One disk sync. */
        SYNC("disk sync");

        private final String words;

        Part(String words) {
            this.words = words;
        }
    }

    private final boolean wanted;
    private final Map<Part, Samples> samples = new EnumMap<>(Part.class);

    Profile(boolean wanted) {
        this.wanted = wanted;
    }

    private static final class Samples {
        private final long[] nanos = new long[SAMPLES];
        private int count;

        void add(long sample) {
            nanos[count++ % SAMPLES] = sample;
        }

        double medianMillis() {
            long[] sorted = Arrays.copyOf(nanos, Math.min(count, SAMPLES));
            Arrays.sort(sorted);
            return sorted[sorted.length / 2] / NANOS_PER_MILLI;
        }
    }

    /** Records that a part has ended now, which began at a time of {@link System#nanoTime}. */
    void record(Part part, long sinceNanos) {
        if (wanted) {
            add(part, System.nanoTime() - sinceNanos);
        }
    }

    private synchronized void add(Part part, long nanos) {
        Samples of = samples.computeIfAbsent(part, any -> new Samples());
        of.add(nanos);
        // A node to which nobody adds votes for others.
        Part counted = samples.containsKey(Part.ADD) ? Part.ADD : Part.VOTE;
        if (part == counted && of.count % SAMPLES == 0) {
            LOG.info("Profile, medians in ms: {}", this);
        }
    }

    /** Measures what goes out. */
    Network outgoing(Network network) {
        if (!wanted) {
            return network;
        }
        return new Network() {
            @Override
            public void send(PeerAddress to, Command command, Consumer<Outcome> then) {
                Part part = command instanceof BallotCommand.Propose
                        ? Part.ROUND
                        : command instanceof BallotCommand.Submit ? Part.SUBMIT : null;
                network.send(to, command, part == null ? then : measured(part, then));
            }

            @Override
            public void accuse(PeerAddress called, Misbehaviour what, String detail) {
                network.accuse(called, what, detail);
            }
        };
    }

    private Consumer<Outcome> measured(Part part, Consumer<Outcome> then) {
        long since = System.nanoTime();
        return outcome -> {
            record(part, since);
            then.accept(outcome);
        };
    }

    /** Measures what comes in. */
    CommandHandler<Command> incoming(CommandHandler<Command> node) {
        if (!wanted) {
            return node;
        }
        return (sender, command, answer) -> {
            long since = System.nanoTime();
            node.receive(sender, command, reply -> {
                if (command instanceof BallotCommand.Propose) {
                    record(Part.VOTE, since);
                }
                answer.accept(reply);
            });
        };
    }

    @Override
    public synchronized String toString() {
        return samples.entrySet().stream()
                .map(entry -> String.format(
                        "%s %.2f", entry.getKey().words, entry.getValue().medianMillis()))
                .collect(Collectors.joining(", "));
    }
}
