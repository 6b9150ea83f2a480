    public static boolean prefers(Branch theirs, Branch ours) {
        int order = theirs.first().hash().text().compareTo(ours.first().hash().text());
        return order < 0 || order == 0 && theirs.length() > ours.length();
    }
