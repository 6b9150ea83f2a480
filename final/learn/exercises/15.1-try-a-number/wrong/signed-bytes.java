/** Takes bytes from 128 on for negative numbers. */
public boolean meets(long nonce) {
    try {
        MessageDigest digest = (MessageDigest) begun.clone();
        digest.update(Long.toString(nonce).getBytes(StandardCharsets.US_ASCII));
        return Arrays.compare(digest.digest(), target) <= 0;
    } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
    }
}
