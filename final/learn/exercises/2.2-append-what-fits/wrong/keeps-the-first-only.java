/** Appends the block that it has checked, and no other. */
public Verdict appendComputed(List<Block> computed) {
    return append(computed.get(0));
}
