public void execute(Runnable task) {
    try {
        thread.execute(guarded(task));
    } catch (RejectedExecutionException e) {
        LOG.warn("a task came after the end", e);
    }
}
