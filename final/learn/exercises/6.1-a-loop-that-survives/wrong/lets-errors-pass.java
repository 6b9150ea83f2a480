private Runnable guarded(Runnable task) {
    return () -> {
        try {
            task.run();
        } catch (StorageFailure e) {
            broken.accept(e);
        } catch (RuntimeException e) {
            LOG.error("a task of the node failed", e);
        }
    };
}
