/** The same time will do. */
private static long earliest(List<WorkSeal> before) {
    long[] times = before.subList(Math.max(0, before.size() - TIMES), before.size()).stream()
            .mapToLong(WorkSeal::time)
            .sorted()
            .toArray();
    return times.length == 0 ? 0 : times[times.length / 2];
}
