Answer one(Request request) {
    long index = Query.parse("a block's index", request.params("index"));
    return calls.ask(node -> node.page(0, (int) index + 1)).stream()
            .filter(block -> block.index() == index)
            .findFirst()
            .map(block -> told(block, block))
            .orElseThrow(() -> Refusal.notFound("there is no block " + request.params("index")));
}
