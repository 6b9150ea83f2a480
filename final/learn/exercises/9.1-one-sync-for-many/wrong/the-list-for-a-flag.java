public void whenDurable(Runnable then) {
    if (!file.isDirty()) {
        then.run();
        return;
    }
    boolean first = waiting.isEmpty();
    waiting.add(then);
    if (first) {
        loop.execute(this::commit);
    }
}
