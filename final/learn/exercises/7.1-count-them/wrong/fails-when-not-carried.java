    boolean hasFailed() {
        return !hasCarried();
    }
