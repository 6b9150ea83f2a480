/** Hashes the user's text, without quotes and escapes. */
public static Hash of(Hash previous, BlockData data) {
    MessageDigest sha256 = sha256();
    sha256.update(previous.text.getBytes(StandardCharsets.US_ASCII));
    sha256.update(data.text().getBytes(StandardCharsets.UTF_8));
    return new Hash(HexFormat.of().formatHex(sha256.digest()));
}
