    public long question() {
        long end = Math.abs(different);
        if (asked) {
            return same + (end - same) / 2;
        }
        asked = true;
        // Negative until the first answer has come.
        different = -end;
        return end - 1;
    }

    public void answer(boolean equal) {
        long index = different < 0 ? -different - 1 : question();
        different = Math.abs(different);
        if (equal) {
            same = index;
        } else {
            different = index;
        }
    }
