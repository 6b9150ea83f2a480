package org.naivechain.protocol;

class MemoryOrphansTest extends OrphansContract {
    @Override
    protected Orphans empty() {
        return Orphans.inMemory();
    }
}
