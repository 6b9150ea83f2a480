package org.naivechain.consensus.majority;

class MemoryBallotBoxTest extends BallotBoxContract {
    @Override
    protected BallotBox empty() {
        return new MemoryBallotBox();
    }
}
