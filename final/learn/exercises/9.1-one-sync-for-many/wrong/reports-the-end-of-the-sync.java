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
    if (file.isDirty()) {
        file.commit();
        synced.accept(System.nanoTime());
    }
    List<Runnable> told = waiting;
    waiting = new ArrayList<>();
    tell(told);
}
