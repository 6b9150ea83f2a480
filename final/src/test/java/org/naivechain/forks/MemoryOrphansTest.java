package org.naivechain.forks;

class MemoryOrphansTest extends OrphansContract {
    @Override
    protected Orphans empty() {
        return Orphans.inMemory();
    }
}
