    public void execute(Runnable task) {
        guarded(task).run();
    }
