    public static boolean prefers(Branch theirs, Branch ours) {
        return theirs.length() >= ours.length();
    }
