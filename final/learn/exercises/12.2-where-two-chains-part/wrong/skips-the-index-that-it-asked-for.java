    public long question() {
        return asked ? same + (different - same) / 2 : different - 1;
    }

    public void answer(boolean equal) {
        long index = question();
        asked = true;
        if (equal) {
            same = index;
        } else {
            different = Math.max(same + 1, index - 1);
        }
    }
