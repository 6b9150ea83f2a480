    private void checkAnswers(Users users, Map<String, Integer> counts, Map<String, Long> lastIndexes) {
        users.tallies().forEach((text, tally) -> {
            int count = counts.getOrDefault(text, 0);
            if (count < tally.added()) {
                violate("\"" + text + "\" was acknowledged " + tally.added() + " times, and is in the chain "
                        + count + " times");
            }
            if (tally.most() == 0 && count > 0) {
                violate("\"" + text + "\" was refused and is in the chain " + count + " times");
            }
        });
    }
