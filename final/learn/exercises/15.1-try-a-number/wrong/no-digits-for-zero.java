public boolean meets(long nonce) {
    int from = MAX_DIGITS;
    for (long rest = nonce; rest > 0; rest /= 10) {
        digits[--from] = (byte) ('0' + rest % 10);
    }
    try {
        MessageDigest digest = (MessageDigest) begun.clone();
        digest.update(digits, from, MAX_DIGITS - from);
        return Arrays.compareUnsigned(digest.digest(), target) <= 0;
    } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
    }
}
