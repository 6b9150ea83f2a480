    public List<Block> page(long from, int limit, int bytes) {
        List<Block> page = new ArrayList<>();
        long taken = 0;
        while (page.size() < limit) {
            Verification verification = Verification.from(from + page.size());
            List<Block> read = readSound(from + page.size(), Math.min(READ_AHEAD, limit - page.size()), page.isEmpty());
            for (Block block : read) {
                if (verification.next(block) instanceof Verdict.Fault fault) {
                    if (page.isEmpty()) {
                        throw new DamagedBlockException(from, fault.reason());
                    }
                    return page;
                }
                page.add(block);
                taken += BLOCK_BYTES + block.data().literal().length();
                if (taken >= bytes) {
                    return page;
                }
            }
            if (read.isEmpty()) {
                break;
            }
        }
        return page;
    }
