    public List<Block> page(long from, int limit, int bytes) {
        Verification verification = Verification.from(from);
        List<Block> page = new ArrayList<>();
        long taken = 0;
        List<Block> read;
        do {
            read = readSound(from + page.size(), Math.max(1, Math.min(READ_AHEAD, limit - page.size())), page.isEmpty());
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
        } while (!read.isEmpty() && page.size() < limit);
        return page;
    }
