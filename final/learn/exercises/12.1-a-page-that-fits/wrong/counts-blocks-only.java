    public List<Block> page(long from, int limit, int bytes) {
        List<Block> page = new ArrayList<>(readSound(from, limit, true));
        Verification verification = Verification.from(from);
        for (int i = 0; i < page.size(); i++) {
            if (verification.next(page.get(i)) instanceof Verdict.Fault fault) {
                if (i == 0) {
                    throw new DamagedBlockException(from, fault.reason());
                }
                return page.subList(0, i);
            }
        }
        return page;
    }
