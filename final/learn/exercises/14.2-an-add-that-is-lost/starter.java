    /** When all is healed: every node has every block, every chain is valid, and what users were told is true. */
    void checkAtTheEnd(Users users) {
        check();
        for (Machine machine : canDecide() ? machines : List.<Machine>of()) {
            Node node = machine.node().orElseThrow();
            if (!machine.isMember()) {
                violate(Violation.of(
                        machine + " is no member, although it has tried to become one: " + node.membership()));
            }
            if (node.length() != decided.size()) {
                violate(Violation.at(
                        node.length(), machine + " has " + node.length() + " blocks, others have " + decided.size()));
            }
            compareKeys(machine);
            try {
                Simulation.chain(node);
            } catch (DamagedBlockException e) {
                violate(Violation.at(e.index(), machine + " has not repaired its chain: " + e.getMessage()));
            }
        }
        Verification verification = Verification.ofWholeChain();
        Map<String, Integer> counts = new TreeMap<>();
        for (Block block : decided) {
            if (verification.next(block) instanceof Verdict.Fault fault) {
                violate(Violation.at(fault.index(), "the chain is not sound: " + fault));
            }
            counts.merge(block.data().text(), 1, Integer::sum);
        }
        throw new UnsupportedOperationException("exercise 14.2: write the end of checkAtTheEnd");
    }
