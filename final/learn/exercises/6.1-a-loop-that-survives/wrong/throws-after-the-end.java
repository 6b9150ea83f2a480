    public Timer after(Duration delay, Runnable action) {
        Future<?> call = thread.schedule(guarded(action), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> call.cancel(false);
    }
