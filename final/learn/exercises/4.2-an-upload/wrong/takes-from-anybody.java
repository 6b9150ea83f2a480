Reply receive(Sender sender, PeerCommand.JoinDataUpload upload) {
    if (transfer.check(upload) instanceof Verdict.Fault fault) {
        if (!upload.dataList().stream().allMatch(Block::hasRightHash)) {
            sender.accuse(Misbehaviour.FORGED_BLOCK, "a hash in its upload is wrong");
        }
        return new Reply.Refusal(fault.toString());
    }
    Optional<Reply.Refusal> objection = policy.objection(upload);
    if (objection.isPresent()) {
        return objection.get();
    }
    underWay.ifPresent(attempt -> {
        attempt.upload = Optional.of(upload);
        attempt.introduceTo = upload.peers(sender.host());
    });
    return Reply.ACK;
}
