private void writeBlocks(OutputStream out) throws IOException {
    List<Block> all = new java.util.ArrayList<>();
    for (; !page.isEmpty(); page = read()) {
        all.addAll(page);
    }
    out.write(ascii("{\"status\":\"OK\",\"data\":"));
    out.write(WireFormat.mapper().writeValueAsBytes(all));
    out.write(ascii("}\n"));
}

private List<Block> read() {
    if (left == 0) {
        return List.of();
    }
    List<Block> blocks = calls.ask(node -> node.page(next, (int) Math.min(left, PAGE_BLOCKS)));
    next += blocks.size();
    left -= blocks.size();
    return blocks;
}
