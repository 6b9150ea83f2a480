    boolean hasCarried() {
        return 2 * yes > yes + no.size();
    }
