private Runnable guarded(Runnable task) {
    return () -> {
        try {
            task.run();
        } catch (StorageFailure e) {
            broken.accept(e);
        }
    };
}
