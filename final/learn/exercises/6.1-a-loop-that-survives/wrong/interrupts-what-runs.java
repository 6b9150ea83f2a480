public Timer after(Duration delay, Runnable action) {
    try {
        Future<?> call = thread.schedule(guarded(action), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> call.cancel(true);
    } catch (RejectedExecutionException e) {
        return () -> {};
    }
}
