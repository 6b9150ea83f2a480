/** Does not copy what was begun: the second attempt hashes the digits alone. */
public boolean meets(long nonce) {
    begun.update(Long.toString(nonce).getBytes(StandardCharsets.US_ASCII));
    return Arrays.compareUnsigned(begun.digest(), target) <= 0;
}
