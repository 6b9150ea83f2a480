package org.naivechain.consensus.sealed;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.naivechain.blocks.Block;
import org.naivechain.ledger.Addition;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Vocabulary;

/** What the nodes of a network with seals tell each other. */
public sealed interface SealedCommand extends Command {
    /** These commands, and their replies. */
    Vocabulary<SealedCommand> VOCABULARY = new Vocabulary<>(SealedCommand.class, List.of(SealedReply.Rules.class));

    /** Calls the visitor's method for this command. */
    void accept(Visitor visitor);

    /** What to do for each kind of command: one that nobody handles does not compile. */
    interface Visitor {
        void sealed(Sealed announcement);

        void pending(Pending data);

        void askRules();
    }

    /**
     * A node has sealed a block; acknowledged if it is now the receiver's head, or was in its chain already.
     *
     * @param peerId the node that has sealed it, which can be asked for the blocks before
     */
    @JsonTypeName("SEALED_BLOCK")
    record Sealed(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId,

            @JsonProperty(value = "block", required = true) Block block)
            implements SealedCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.sealed(this);
        }
    }

    /** A user's data waits for a block; acknowledged by all who keep it until it is in one. */
    @JsonTypeName("PENDING_DATA")
    record Pending(
            @JsonProperty(value = "addition", required = true)
            Addition addition) implements SealedCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.pending(this);
        }
    }

    /** Somebody asks by what rules blocks are sealed here; answered with {@link SealedReply.Rules}. */
    @JsonTypeName("GET_SEAL_RULES")
    record AskRules() implements SealedCommand {
        @Override
        public void accept(Visitor visitor) {
            visitor.askRules();
        }
    }
}
