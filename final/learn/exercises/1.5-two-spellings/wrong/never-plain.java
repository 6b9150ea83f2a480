/** Right, and as slow as without it. */
private static boolean isPlain(String literal) {
    return false;
}
