private static long earliest(List<WorkSeal> before) {
    long[] times = before.stream()
            .mapToLong(WorkSeal::time)
            .sorted()
            .skip(Math.max(0, before.size() - TIMES))
            .toArray();
    return times.length == 0 ? 0 : times[times.length / 2] + 1;
}
