package org.naivechain.protocol;

import org.naivechain.blocks.Block;

/** Answers what it is told to answer. */
final class ScriptedVoter implements Voter {
    Reply reply = Reply.ACK;

    @Override
    public Reply vote(Block block) {
        return reply;
    }

    @Override
    public Reply commit(PeerCommand.AddBlock commit) {
        return reply;
    }

    @Override
    public Reply confirm(Block block) {
        return reply;
    }
}
