Answer add(Request request) {
    Optional<IdempotencyKey> key = key(request);
    BlockData data = data(calls.body(request));
    AddOutcome outcome = calls.ask(node -> node.add(data, key));
    if (outcome instanceof AddOutcome.Added added) {
        return told(added.block(), true);
    }
    if (outcome instanceof AddOutcome.NotAdded notAdded) {
        throw Refusal.unavailable(notAdded.reason());
    }
    if (outcome instanceof AddOutcome.Unknown) {
        throw Refusal.unavailable("try again later");
    }
    throw new Refusal(HttpStatus.UNPROCESSABLE_ENTITY_422, ((AddOutcome.Contradicted) outcome).reason());
}

Answer one(Request request) {
    long index = Query.parse("a block's index", request.params("index"));
    List<Block> found = calls.ask(node -> node.page(index, 1));
    if (found.isEmpty()) {
        throw Refusal.notFound("there is no block " + request.params("index"));
    }
    return told(found.get(0), found.get(0));
}
