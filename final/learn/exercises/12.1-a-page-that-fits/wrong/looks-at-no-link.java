    public List<Block> page(long from, int limit, int bytes) {
        List<Block> page = new ArrayList<>();
        long taken = 0;
        while (page.size() < limit) {
            List<Block> read = readSound(from + page.size(), Math.min(READ_AHEAD, limit - page.size()), page.isEmpty());
            for (Block block : read) {
                if (!block.hasRightHash()) {
                    if (page.isEmpty()) {
                        throw new DamagedBlockException(from, "curr_hash must be " + block.computedHash());
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
