    /** Keeps what this node's users added after the last common block, and the other branch does not bring. */
    List<Addition> keep(long from, Collection<IdempotencyKey> brought) {
        List<Addition> own = new ArrayList<>();
        String origin = context.peers().self().id().text() + ".";
        context.ledger().receipts().between(from + 1, context.chain().length()).forEach((index, key) -> {
            if (key.isOfNode() && key.toString().startsWith(origin)) {
                Block block = context.chain().page(index, 1).get(0);
                givenUp.put(block.hash(), key);
                own.add(new Addition(key, block.data()));
            }
        });
        Set<IdempotencyKey> there = Set.copyOf(brought);
        own.removeIf(addition -> there.contains(addition.key()));
        while (givenUp.size() > MAX_REMEMBERED) {
            givenUp.remove(givenUp.keySet().iterator().next());
        }
        orphans.keep(own);
        return own;
    }
