void append(Batch batch) {
    if (context.ledger().append(batch) instanceof Verdict.Fault fault) {
        context.log().error("The chain here is not the one that was decided: {}", fault);
    }
    batch.next()
            .ifPresentOrElse(
                    next -> context.log().info("The network has {} members now: {}", next.size(), next.members()),
                    () -> logAdded(batch.blocks()));
}
