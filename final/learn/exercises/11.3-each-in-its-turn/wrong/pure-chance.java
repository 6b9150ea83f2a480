Set<KnownNode> next(int count) {
    Set<KnownNode> chosen = new LinkedHashSet<>();
    int wanted = Math.min(count, order.size());
    while (chosen.size() < wanted) {
        chosen.add(order.get(random.nextInt(order.size())));
    }
    return chosen;
}
