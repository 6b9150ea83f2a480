    public long question() {
        return different - 1;
    }

    public void answer(boolean equal) {
        long index = question();
        asked = true;
        if (equal) {
            same = index;
        } else {
            different = index;
        }
    }
