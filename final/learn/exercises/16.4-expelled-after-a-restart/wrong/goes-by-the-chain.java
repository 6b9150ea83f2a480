/** A spare has an empty chain, and blocks may have been given up. */
private long perhapsUsed() {
    return rules.standing(context.chain().length(), context.chain()::before).slot();
}
