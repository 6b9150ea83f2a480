/** Refuses the backslash, and forgets the quote on the way. */
private static boolean isPlain(String literal) {
    return literal.length() > 1
            && literal.startsWith("\"")
            && literal.endsWith("\"")
            && literal.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '\\');
}
