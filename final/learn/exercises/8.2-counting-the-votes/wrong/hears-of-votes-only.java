        private void answered(Peer voter, Outcome outcome) {
            if (outcome instanceof Reply.Ack) {
                heard(voter, outcome);
                yes.add(voter);
                count();
            }
        }
