    public long question() {
        return same + (different - same) / 2;
    }

    public void answer(boolean equal) {
        if (equal) {
            same = question();
        } else {
            different = question();
        }
    }
