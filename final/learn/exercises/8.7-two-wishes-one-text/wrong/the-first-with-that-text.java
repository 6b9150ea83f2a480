    private void grown(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
        for (Block block : blocks) {
            waiting.values().stream()
                    .filter(add -> add.addition.data().equals(block.data()))
                    .findFirst()
                    .ifPresent(add -> {
                        remove(add);
                        add.conclude(outcome(add.addition, block));
                    });
        }
    }
