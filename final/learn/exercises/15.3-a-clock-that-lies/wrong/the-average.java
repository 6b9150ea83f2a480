/** One liar moves an average as far as it likes. */
private static long earliest(List<WorkSeal> before) {
    return (long) before.subList(Math.max(0, before.size() - TIMES), before.size()).stream()
                    .mapToLong(WorkSeal::time)
                    .average()
                    .orElse(-1)
            + 1;
}
