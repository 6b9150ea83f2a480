/** Takes the median of everything that it was given. */
private static long earliest(List<WorkSeal> before) {
    long[] times = before.stream().mapToLong(WorkSeal::time).sorted().toArray();
    return times.length == 0 ? 0 : times[times.length / 2] + 1;
}
