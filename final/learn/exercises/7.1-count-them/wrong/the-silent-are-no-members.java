    boolean hasCarried() {
        return yes > (members - no.size()) / 2;
    }
