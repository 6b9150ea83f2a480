/** Links to the hash that the block should have. */
public Block next(BlockData next) {
    return linked(index + 1, computedHash(), next);
}
