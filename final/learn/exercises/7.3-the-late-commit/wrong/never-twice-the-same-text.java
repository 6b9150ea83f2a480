    public Reply commit(PeerCommand.AddBlock commit) {
        if (chain.head().data().equals(commit.blockData())) {
            return Reply.ACK;
        }
        return take(commit.blockData());
    }
