void answered(Peer voter, Outcome outcome) {
    if (outcome instanceof Reply.Ack) {
        yes.add(voter);
        count();
    } else {
        heard(voter, outcome);
    }
}
