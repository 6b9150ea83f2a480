Set<KnownNode> next(int count) {
    Set<KnownNode> chosen = new LinkedHashSet<>();
    for (int left = Math.min(count, order.size()); left > 0; left--) {
        if (called >= order.size()) {
            called = 0;
            for (int i = order.size() - 1; i > 0; i--) {
                Collections.swap(order, i, random.nextInt(order.size()));
            }
        }
        chosen.add(order.get(called++));
    }
    return chosen;
}
