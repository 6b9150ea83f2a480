public Timer after(Duration delay, Runnable action) {
    try {
        Future<?> call = thread.schedule(guarded(action), delay.toSeconds(), TimeUnit.SECONDS);
        return () -> call.cancel(false);
    } catch (RejectedExecutionException e) {
        return () -> {};
    }
}
