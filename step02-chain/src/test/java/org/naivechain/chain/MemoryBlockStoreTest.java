package org.naivechain.chain;

class MemoryBlockStoreTest extends BlockStoreContract {
    @Override
    protected BlockStore empty() {
        return new MemoryBlockStore();
    }
}
