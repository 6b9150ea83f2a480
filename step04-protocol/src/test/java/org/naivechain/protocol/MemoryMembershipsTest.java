package org.naivechain.protocol;

class MemoryMembershipsTest extends MembershipsContract {
    @Override
    protected Memberships empty() {
        return new MemoryMemberships();
    }
}
