    private void grown(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
        Block last = blocks.get(blocks.size() - 1);
        keys.values().stream().map(waiting::get).filter(Objects::nonNull).forEach(add -> {
            remove(add);
            add.conclude(outcome(add.addition, last));
        });
    }
