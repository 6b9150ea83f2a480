    public static boolean prefers(Branch theirs, Branch ours) {
        if (theirs.length() != ours.length()) {
            return theirs.length() > ours.length();
        }
        return theirs.first().hash().text().substring(0, 8).compareTo(ours.first().hash().text().substring(0, 8)) < 0;
    }
