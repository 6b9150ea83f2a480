Set<KnownNode> next(int count) {
    Set<KnownNode> chosen = new LinkedHashSet<>();
    for (int left = Math.min(count, order.size()); left > 0; left--) {
        if (called >= order.size()) {
            called = 0;
            Collections.shuffle(order);
        }
        chosen.add(order.get(called++));
    }
    return chosen;
}
