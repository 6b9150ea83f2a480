package org.naivechain.ledger;

class MemoryReceiptsTest extends ReceiptsContract {
    @Override
    protected Receipts empty() {
        return new MemoryReceipts();
    }
}
