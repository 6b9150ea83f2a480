    public static boolean prefers(Branch theirs, Branch ours) {
        int longer = (int) (theirs.length() - ours.length());
        if (longer != 0) {
            return longer > 0;
        }
        return theirs.first().hash().text().compareTo(ours.first().hash().text()) < 0;
    }
