/** Escapes the quote, and forgets that the backslash, too, has a meaning. */
private static String write(String text) {
    return WireFormat.mapper().writeValueAsString(text).replace("\\\\", "\\");
}
