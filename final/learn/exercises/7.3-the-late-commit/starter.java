    public Reply commit(PeerCommand.AddBlock commit) {
        return take(commit.blockData());
    }
