/** Gives the next block the seal of this one. */
public Block next(BlockData next) {
    return new Block(index + 1, hash, next, Hash.ofBlock(hash, next, seal), seal);
}
