/** Links to the block before this one. */
public Block next(BlockData next) {
    return linked(index + 1, previousHash, next);
}
