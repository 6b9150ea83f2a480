package org.naivechain.gossip;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Vocabulary;

/** What nodes ask each other about nodes. */
public sealed interface GossipCommand extends Command {
    /** These commands, and their replies. */
    Vocabulary<GossipCommand> VOCABULARY = new Vocabulary<>(GossipCommand.class, List.of(GossipReply.Gossiped.class));

    /** Calls the visitor's method for this command. */
    void accept(Visitor visitor);

    /** What to do for each kind of command: one that nobody handles does not compile. */
    interface Visitor {
        void gossip(Gossip gossip);

        void probe(Probe probe);
    }

    /**
     * A node says how it is, and what it has heard of others; answered with {@link GossipReply.Gossiped}.
     *
     * @param known how many other nodes the sender knows that are not gone; one that knows less than the receiver is told
     *     more
     * @param from how many the receiver has told already, of all that it knows, when the sender asks on; 0 to begin
     * @param digest some of them, at most {@link #MAX_DIGEST}
     */
    @JsonTypeName("GOSSIP")
    record Gossip(
            @JsonProperty(value = "self", required = true) Rumour self,
            @JsonProperty(value = "known", required = true) int known,
            @JsonProperty(value = "from", required = true) int from,
            @JsonProperty(value = "digest", required = true) List<Rumour> digest)
            implements GossipCommand {
        /** The most rumours in one message. */
        public static final int MAX_DIGEST = 1_000;

        /** Keeps a copy; throws an {@link IllegalArgumentException} if it is too long, or a number is negative. */
        public Gossip {
            known = notNegative("known", known);
            from = notNegative("from", from);
            digest = checked(digest);
        }

        static int notNegative(String name, int count) {
            if (count < 0) {
                throw new IllegalArgumentException(name + " must not be negative: " + count);
            }
            return count;
        }

        static List<Rumour> checked(List<Rumour> digest) {
            if (digest.size() > MAX_DIGEST) {
                throw new IllegalArgumentException(
                        "a digest must have at most " + MAX_DIGEST + " rumours: " + digest.size());
            }
            return List.copyOf(digest);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.gossip(this);
        }
    }

    /**
     * A node that does not hear from another asks whether the receiver does (SWIM's ping-req); an acknowledgement says yes.
     *
     * @param id the node that does not answer
     */
    @JsonTypeName("PROBE")
    record Probe(
            @JsonProperty(value = "peer_id", required = true)
            PeerId id,

            @JsonProperty(value = "address", required = true)
            PeerAddress address)
            implements GossipCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.probe(this);
        }
    }
}
