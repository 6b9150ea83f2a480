public void whenDurable(Runnable then) {
    if (file.isDirty()) {
        waiting.add(then);
        commit();
    } else {
        then.run();
    }
}

public void commit() {
    if (file.isDirty()) {
        long since = System.nanoTime();
        file.commit();
        synced.accept(since);
    }
    List<Runnable> told = waiting;
    waiting = new ArrayList<>();
    tell(told);
}
