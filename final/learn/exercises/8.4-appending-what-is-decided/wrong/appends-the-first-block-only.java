    void append(Batch batch) {
        context.ledger().adopt(batch.blocks().subList(0, 1), java.util.Map.of());
    }
