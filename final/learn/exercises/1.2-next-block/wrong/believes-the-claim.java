/** Believes the block. */
public Hash computedHash() {
    return hash;
}
