package org.naivechain.protocol;

class MemoryReceiptsTest extends ReceiptsContract {
    @Override
    protected Receipts empty() {
        return new MemoryReceipts();
    }
}
