    private void count() {
        if (yes.size() == quorum) {
            round = Optional.empty();
            decided();
        }
    }
