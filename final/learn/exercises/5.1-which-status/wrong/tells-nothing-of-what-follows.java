Answer one(Request request) {
    long index = Query.parse("a block's index", request.params("index"));
    List<Block> found = calls.ask(node -> node.page(index, 1));
    if (found.isEmpty()) {
        throw Refusal.notFound("there is no block " + request.params("index"));
    }
    return JsonAnswer.ok(found.get(0));
}
