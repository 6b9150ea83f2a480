    /**
     * Keeps what this node's users added from an index on, and the other branch does not bring.
     *
     * @param ours reads a block that is given up; nothing if it is lost
     */
    List<Addition> keep(long from, Collection<IdempotencyKey> brought, LongFunction<Optional<Block>> ours) {
        List<Addition> own = new ArrayList<>();
        String origin = context.peers().self().id().text() + ".";
        context.ledger().receipts().between(0, context.chain().length()).forEach((index, key) -> {
            Optional<Block> given = ours.apply(index);
            if (given.isEmpty() && !brought.contains(key)) {
                context.log().error("LOST: block {} with the add {} is damaged here, and no peer has it", index, key);
            }
            given.filter(block -> context.chain().rules().key(block).isPresent()
                            || key.isOfNode() && key.toString().startsWith(origin))
                    .ifPresent(block -> {
                        givenUp.put(block.hash(), key);
                        own.add(new Addition(key, block.data()));
                    });
        });
        Set<IdempotencyKey> there = Set.copyOf(brought);
        own.removeIf(addition -> there.contains(addition.key()));
        while (givenUp.size() > MAX_REMEMBERED) {
            givenUp.remove(givenUp.keySet().iterator().next());
        }
        orphans.keep(own);
        return own;
    }
