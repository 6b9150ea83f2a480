/** Keeps the quotes, but hashes the letters as UTF-8 in place of their escapes. */
public static Hash of(Hash previous, BlockData data) {
    MessageDigest sha256 = sha256();
    sha256.update((previous.text + '"' + data.text() + '"').getBytes(StandardCharsets.UTF_8));
    return new Hash(HexFormat.of().formatHex(sha256.digest()));
}
