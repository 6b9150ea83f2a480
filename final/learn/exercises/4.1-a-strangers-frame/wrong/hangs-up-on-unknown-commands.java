private Request decodeForeign(String frame) {
    try {
        if (!(ReceivedJson.read(frame) instanceof ObjectNode tree)) {
            return new Request.NotJson("a frame must be a JSON object");
        }
        Command command = tree.has(TYPE)
                ? mapper.treeToValue(tree, Command.class)
                : new PeerCommand.ConfirmBlock(mapper.treeToValue(tree, Block.class));
        return new Request.Understood(command, id(tree));
    } catch (JacksonException e) {
        return new Request.NotJson("a frame must be a JSON object: " + shorten(ReceivedJson.explain(e)));
    }
}
