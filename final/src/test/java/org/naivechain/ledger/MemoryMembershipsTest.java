package org.naivechain.ledger;

class MemoryMembershipsTest extends MembershipsContract {
    @Override
    protected Memberships empty() {
        return new MemoryMemberships();
    }
}
