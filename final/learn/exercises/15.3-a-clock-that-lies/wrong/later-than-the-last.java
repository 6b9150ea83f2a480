/** One liar forces all others to lie, too. */
private static long earliest(List<WorkSeal> before) {
    return before.isEmpty() ? 0 : before.get(before.size() - 1).time() + 1;
}
