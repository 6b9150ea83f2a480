    public static boolean prefers(Branch theirs, Branch ours) {
        if (theirs.length() != ours.length()) {
            return theirs.length() > ours.length();
        }
        return theirs.first().hash().text().hashCode() < ours.first().hash().text().hashCode();
    }
