private void writeBlocks(OutputStream out) throws IOException {
    out.write(ascii("{\"status\":\"OK\",\"data\":["));
    for (String separator = ""; !page.isEmpty(); page = read()) {
        for (Block block : page) {
            out.write(ascii(separator));
            out.write(WireFormat.mapper().writeValueAsBytes(block));
            separator = ",";
        }
    }
    out.write(ascii("]}\n"));
}

private List<Block> read() {
    List<Block> blocks = calls.ask(node -> node.page(next, (int) Math.min(left, PAGE_BLOCKS)));
    next += blocks.size();
    left -= blocks.size();
    return blocks;
}
