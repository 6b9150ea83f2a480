    public Reply commit(PeerCommand.AddBlock commit) {
        return commit.block().map(this::take).orElseGet(() -> new Reply.Refusal("name the block"));
    }
