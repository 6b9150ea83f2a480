        private void count() {
            if (round.filter(current -> current == this).isPresent() && yes.size() >= quorum) {
                decided();
                round = Optional.empty();
            }
        }
