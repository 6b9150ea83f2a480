Answer add(Request request) {
    Optional<IdempotencyKey> key = key(request);
    BlockData data = data(calls.body(request));
    AddOutcome outcome = calls.ask(node -> node.add(data, key));
    if (outcome instanceof AddOutcome.NotAdded notAdded) {
        throw Refusal.unavailable(notAdded.reason());
    }
    if (outcome instanceof AddOutcome.Unknown unknown) {
        throw Refusal.unavailable(unknown.reason());
    }
    if (outcome instanceof AddOutcome.Contradicted contradicted) {
        throw new Refusal(HttpStatus.UNPROCESSABLE_ENTITY_422, contradicted.reason());
    }
    return JsonAnswer.ok(true);
}

Answer one(Request request) {
    long index = Query.parse("a block's index", request.params("index"));
    return JsonAnswer.ok(calls.ask(node -> node.page(index, 1)));
}
