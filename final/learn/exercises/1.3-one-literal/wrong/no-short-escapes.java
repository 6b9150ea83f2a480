/** Has no short escapes. */
private static String write(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
            case '"' -> literal.append("\\\"");
            case '\\' -> literal.append("\\\\");
            default -> {
                if (c >= ' ' && c <= '~') {
                    literal.append(c);
                } else {
                    literal.append("\\u").append(java.util.HexFormat.of().toHexDigits(c));
                }
            }
        }
    }
    return literal.append('"').toString();
}
