        private void answered(Peer voter, Outcome outcome) {
            heard(voter, outcome);
            if (outcome instanceof Reply) {
                yes.add(voter);
                count();
            }
        }
