/** Takes the block in the middle for the time in the middle. */
private static long earliest(List<WorkSeal> before) {
    List<WorkSeal> last = before.subList(Math.max(0, before.size() - TIMES), before.size());
    return last.isEmpty() ? 0 : last.get(last.size() / 2).time() + 1;
}
