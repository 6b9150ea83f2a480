        private void count() {
            if (round.filter(current -> current == this).isPresent() && yes.size() >= voters.size() / 2) {
                round = Optional.empty();
                decided();
            }
        }
