Answer add(Request request) {
    Optional<IdempotencyKey> key = key(request);
    BlockData data = data(calls.body(request));
    AddOutcome outcome = calls.ask(node -> node.add(data, key));
    if (outcome instanceof AddOutcome.NotAdded notAdded) {
        throw Refusal.unavailable(notAdded.reason());
    }
    return JsonAnswer.ok(true);
}

Answer one(Request request) {
    long index = Query.parse("a block's index", request.params("index"));
    List<Block> found = calls.ask(node -> node.page(index, 1));
    if (found.isEmpty()) {
        throw Refusal.notFound("there is no block " + request.params("index"));
    }
    return told(found.get(0), found.get(0));
}
