/** Compares objects, not their texts. */
public boolean hasRightHash() {
    return hash == computedHash();
}
