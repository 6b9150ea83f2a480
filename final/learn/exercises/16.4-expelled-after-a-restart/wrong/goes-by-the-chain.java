/** What the disk has lost was announced all the same. */
private long perhapsUsed() {
    return rules.standing(context.chain().length(), context.chain()::before).slot();
}
