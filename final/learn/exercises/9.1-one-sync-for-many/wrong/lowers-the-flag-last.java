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
    if (file.isDirty()) {
        long since = System.nanoTime();
        file.commit();
        synced.accept(since);
    }
    asked = false;
    List<Runnable> told = waiting;
    waiting = new ArrayList<>();
    tell(told);
}
