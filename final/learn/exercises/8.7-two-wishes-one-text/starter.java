    private void grown(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
        if (waiting.isEmpty()) {
            return;
        }
        for (Block block : blocks) {
            List<Add> fulfilled = waiting.values().stream()
                    .filter(add -> add.addition.data().equals(block.data()))
                    .toList();
            fulfilled.forEach(add -> {
                remove(add);
                add.conclude(outcome(add.addition, block));
            });
        }
    }
