package org.naivechain.chain;

class MemoryBlockStoreTest extends BlockStoreContract {
    @Override
    BlockStore empty() {
        return new MemoryBlockStore();
    }
}
