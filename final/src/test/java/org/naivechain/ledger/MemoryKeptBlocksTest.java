package org.naivechain.ledger;

class MemoryKeptBlocksTest extends KeptBlocksContract {
    @Override
    protected KeptBlocks empty() {
        return new MemoryKeptBlocks();
    }
}
