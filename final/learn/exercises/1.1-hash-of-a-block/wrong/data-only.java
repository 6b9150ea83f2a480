/** Forgets the link. */
public static Hash of(Hash previous, BlockData data) {
    return new Hash(HexFormat.of().formatHex(sha256().digest(data.literal().getBytes(StandardCharsets.US_ASCII))));
}
