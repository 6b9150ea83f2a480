/** The right bytes in the wrong order. */
public static Hash of(Hash previous, BlockData data) {
    MessageDigest sha256 = sha256();
    sha256.update(data.literal().getBytes(StandardCharsets.US_ASCII));
    sha256.update(previous.text.getBytes(StandardCharsets.US_ASCII));
    return new Hash(HexFormat.of().formatHex(sha256.digest()));
}
