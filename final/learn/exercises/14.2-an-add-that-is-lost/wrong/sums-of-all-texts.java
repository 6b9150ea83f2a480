    private void checkAnswers(Users users, Map<String, Integer> counts, Map<String, Long> lastIndexes) {
        long count = 0;
        long added = 0;
        long most = 0;
        for (Map.Entry<String, Users.Tally> entry : users.tallies().entrySet()) {
            count += counts.getOrDefault(entry.getKey(), 0);
            added += entry.getValue().added();
            most += entry.getValue().most();
        }
        if (count < added || count > most) {
            violate("there are " + count + " texts in the chain, not " + added + " to " + most);
        }
    }
