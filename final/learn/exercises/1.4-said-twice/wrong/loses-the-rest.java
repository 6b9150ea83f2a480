/** Refuses repeated fields, and gives up the one way to write a text. */
private static JsonFactory factory() {
    return JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
}
