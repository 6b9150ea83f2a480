/** Hashes the number as eight bytes instead of its digits. */
public boolean meets(long nonce) {
    try {
        MessageDigest digest = (MessageDigest) begun.clone();
        digest.update(java.nio.ByteBuffer.allocate(8).putLong(nonce).array());
        return Arrays.compareUnsigned(digest.digest(), target) <= 0;
    } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
    }
}
