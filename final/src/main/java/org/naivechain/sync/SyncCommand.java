package org.naivechain.sync;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Vocabulary;

/** What is asked to read another node's chain. */
public sealed interface SyncCommand extends Command {
    /** These commands, and their replies. */
    Vocabulary<SyncCommand> VOCABULARY = new Vocabulary<>(SyncCommand.class, List.of(SyncReply.Blocks.class));

    /** Calls the visitor's method for this command. */
    void accept(Visitor visitor);

    /** What to do for each kind of command: one that nobody handles does not compile. */
    interface Visitor {
        void getBlocks(GetBlocks request);
    }

    /**
     * Somebody asks for a page of the chain; answered with {@link SyncReply.Blocks}. A node of the original acknowledges it
     * like any command that it does not know.
     *
     * @param version the version of the membership that is known; 0 for none
     */
    @JsonTypeName("GET_BLOCKS")
    record GetBlocks(
            @JsonProperty(value = "from", required = true) long from,
            @JsonProperty(value = "limit", required = true) int limit,

            @JsonProperty(value = "version", required = true)
            long version)
            implements SyncCommand {
        /** Throws an {@link IllegalArgumentException} if a number is negative, or nothing is wanted. */
        public GetBlocks {
            if (from < 0 || limit < 1 || version < 0) {
                throw new IllegalArgumentException("from and version must not be negative and limit must be positive:"
                        + " from=" + from + ", limit=" + limit + ", version=" + version);
            }
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.getBlocks(this);
        }
    }
}
