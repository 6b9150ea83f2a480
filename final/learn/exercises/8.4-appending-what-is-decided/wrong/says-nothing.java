void append(Batch batch) {
    context.ledger().append(batch);
}
