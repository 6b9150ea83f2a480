private static long earliest(List<WorkSeal> before) {
    int first = Math.max(0, before.size() - TIMES - 1);
    long[] times = before.subList(first, before.size()).stream().mapToLong(WorkSeal::time).sorted().toArray();
    return times.length == 0 ? 0 : times[times.length / 2] + 1;
}
