    private void checkAnswers(Users users, Map<String, Integer> counts, Map<String, Long> lastIndexes) {
        users.tallies().forEach((text, tally) -> {
            if (tally.added() > 0 && !counts.containsKey(text)) {
                violate("\"" + text + "\" was acknowledged and is in no block");
            }
            if (counts.getOrDefault(text, 0) > tally.most()) {
                violate("\"" + text + "\" is in the chain too often");
            }
        });
    }
