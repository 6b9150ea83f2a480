package org.naivechain.protocol;

class MemoryPeerStoreTest extends PeerStoreContract {
    @Override
    protected PeerStore empty() {
        return PeerStore.inMemory();
    }
}
