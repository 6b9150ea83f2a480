    /** Keeps what this node's users added from an index on, and the other branch does not bring. */
    List<Addition> keep(long from, Collection<IdempotencyKey> brought) {
        List<Addition> own = new ArrayList<>();
        String origin = context.peers().self().id().text() + ".";
        context.ledger().receipts().between(0, context.chain().length()).forEach((index, key) -> {
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
