public void whenDurable(Runnable then) {
    if (!file.isDirty()) {
        then.run();
        return;
    }
    waiting.add(then);
    if (!asked) {
        asked = true;
        loop.execute(this::commit);
    }
}

public void commit() {
    asked = false;
    long since = System.nanoTime();
    file.commit();
    synced.accept(since);
    List<Runnable> told = waiting;
    waiting = new ArrayList<>();
    tell(told);
}
