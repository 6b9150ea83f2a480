void append(Batch batch) {
    if (context.ledger().append(batch) instanceof Verdict.Fault fault) {
        context.log().error("The chain here is not the one that was decided: {}", fault);
        return;
    }
    logAdded(batch.blocks());
}
