/** Looks at the beginning only. */
private static boolean isPlain(String literal) {
    int last = literal.length() - 1;
    if (last < 1 || literal.charAt(0) != '"' || literal.charAt(last) != '"') {
        return false;
    }
    for (int i = 1; i < last; i++) {
        char c = literal.charAt(i);
        if (c < ' ' || c > '~' || c == '"' || i == 1 && c == '\\') {
            return false;
        }
    }
    return true;
}
