/** Means well: a block of another index is not right. But a block alone cannot know its index. */
public boolean hasRightHash() {
    return hash.equals(computedHash()) && index <= 1;
}
