Reply receive(Sender sender, PeerCommand.JoinDataUpload upload) {
    if (underWay.isEmpty()) {
        return new Reply.Refusal("no upload was asked for");
    }
    if (transfer.check(upload) instanceof Verdict.Fault fault) {
        if (fault.reason().startsWith("curr_hash")) {
            sender.accuse(Misbehaviour.FORGED_BLOCK, fault.toString());
        }
        return new Reply.Refusal(fault.toString());
    }
    Optional<Reply.Refusal> objection = policy.objection(upload);
    if (objection.isPresent()) {
        return objection.get();
    }
    underWay.get().upload = Optional.of(upload);
    underWay.get().introduceTo = upload.peers(sender.host());
    return Reply.ACK;
}
