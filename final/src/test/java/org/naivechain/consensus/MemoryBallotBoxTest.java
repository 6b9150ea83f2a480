package org.naivechain.consensus;

class MemoryBallotBoxTest extends BallotBoxContract {
    @Override
    protected BallotBox empty() {
        return new MemoryBallotBox();
    }
}
