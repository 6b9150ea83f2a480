package org.naivechain.sync;

import java.util.List;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Sender;

/** Answers who asks for blocks; at once, as the answer rests on nothing that must be durable. For the node's thread only. */
public final class BlocksHandler implements CommandHandler<SyncCommand> {
    private final PeerId self;
    private final Ledger ledger;

    /** A handler. */
    public BlocksHandler(LedgerContext context) {
        this.self = context.peers().self().id();
        this.ledger = context.ledger();
    }

    @Override
    public void receive(Sender sender, SyncCommand command, Consumer<Reply> answer) {
        command.accept(request -> answer.accept(page(request)));
    }

    private Reply page(SyncCommand.GetBlocks request) {
        List<Block> page = ledger.chain().page(request.from(), request.limit());
        long end = request.from() + page.size();
        return new SyncReply.Blocks(
                self,
                page,
                ledger.position(),
                ledger.receipts().between(request.from(), end),
                ledger.membershipSince(request.version(), end));
    }
}
