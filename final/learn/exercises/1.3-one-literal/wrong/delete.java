/** Takes U+007F, delete, for a printable character. */
private static String write(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
            case '"' -> literal.append("\\\"");
            case '\\' -> literal.append("\\\\");
            case '\b' -> literal.append("\\b");
            case '\f' -> literal.append("\\f");
            case '\n' -> literal.append("\\n");
            case '\r' -> literal.append("\\r");
            case '\t' -> literal.append("\\t");
            default -> {
                if (c >= ' ' && c < 0x80) {
                    literal.append(c);
                } else {
                    literal.append("\\u").append(java.util.HexFormat.of().toHexDigits(c));
                }
            }
        }
    }
    return literal.append('"').toString();
}
