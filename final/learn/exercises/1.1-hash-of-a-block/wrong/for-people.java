/** Hashes what is shown to people. */
public static Hash of(Hash previous, BlockData data) {
    MessageDigest sha256 = sha256();
    sha256.update(previous.text.getBytes(StandardCharsets.US_ASCII));
    sha256.update(data.toString().getBytes(StandardCharsets.US_ASCII));
    return new Hash(HexFormat.of().formatHex(sha256.digest()));
}
