private Request decodeForeign(String frame) {
    ObjectNode tree;
    try {
        if (!(ReceivedJson.read(frame) instanceof ObjectNode object)) {
            return new Request.NotJson("a frame must be a JSON object: " + frame);
        }
        tree = object;
    } catch (JacksonException e) {
        return new Request.NotJson("a frame must be a JSON object: " + shorten(ReceivedJson.explain(e)));
    }
    OptionalLong id = id(tree);
    try {
        Command command = tree.has(TYPE)
                ? mapper.treeToValue(tree, Command.class)
                : new PeerCommand.ConfirmBlock(mapper.treeToValue(tree, Block.class));
        return new Request.Understood(command, id);
    } catch (InvalidTypeIdException e) {
        return new Request.Malformed("unknown CMD: " + shorten(String.valueOf(tree.get(TYPE))), id);
    } catch (JacksonException e) {
        return new Request.Malformed(shorten(ReceivedJson.explain(e)), id);
    }
}
