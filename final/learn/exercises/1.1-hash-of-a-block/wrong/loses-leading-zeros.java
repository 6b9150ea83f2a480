/** Prints the hash as a number, which has no zeros in front. */
public static Hash of(Hash previous, BlockData data) {
    MessageDigest sha256 = sha256();
    sha256.update(previous.text.getBytes(StandardCharsets.US_ASCII));
    sha256.update(data.literal().getBytes(StandardCharsets.US_ASCII));
    return new Hash(new java.math.BigInteger(1, sha256.digest()).toString(16));
}
