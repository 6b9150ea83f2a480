private void grown(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
    blocks.forEach(block -> Optional.ofNullable(keys.get(block.index()))
            .map(waiting::get)
            .ifPresent(add -> {
                remove(add);
                add.conclude(new AddOutcome.Added(block));
            }));
}
