private void writeBlocks(OutputStream out) throws IOException {
    out.write(ascii("{\"status\":\"OK\",\"data\":["));
    String separator = "";
    while (true) {
        for (Block block : page) {
            out.write(ascii(separator));
            out.write(WireFormat.mapper().writeValueAsBytes(block));
            separator = ",";
        }
        if (page.size() < PAGE_BLOCKS) {
            break;
        }
        page = read();
    }
    out.write(ascii("]}\n"));
}

private List<Block> read() {
    List<Block> blocks =
            left == 0 ? List.of() : calls.ask(node -> node.page(next, (int) Math.min(left, PAGE_BLOCKS)));
    next += blocks.size();
    left -= blocks.size();
    return blocks;
}
