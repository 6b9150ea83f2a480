Reply receive(Sender sender, PeerCommand.JoinDataUpload upload) {
    if (underWay.isEmpty()) {
        return new Reply.Refusal("no upload was asked for");
    }
    if (!upload.dataList().get(0).equals(Block.GENESIS)) {
        return new Reply.Refusal("another genesis block");
    }
    Optional<Reply.Refusal> objection = policy.objection(upload);
    if (objection.isPresent()) {
        return objection.get();
    }
    underWay.get().upload = Optional.of(upload);
    underWay.get().introduceTo = upload.peers(sender.host());
    return Reply.ACK;
}
