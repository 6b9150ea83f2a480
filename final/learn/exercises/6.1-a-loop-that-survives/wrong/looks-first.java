@Override
public void execute(Runnable task) {
    if (!thread.isShutdown()) {
        thread.execute(guarded(task));
    }
}

@Override
public Timer after(Duration delay, Runnable action) {
    if (thread.isShutdown()) {
        return () -> {};
    }
    Future<?> call = thread.schedule(guarded(action), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> call.cancel(false);
}
