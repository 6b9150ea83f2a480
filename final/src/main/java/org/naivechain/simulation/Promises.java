package org.naivechain.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Verdict;
import org.naivechain.chain.Verification;
import org.naivechain.node.Node;

/** What a network promises, checked from outside, on everything that its nodes hold. For one thread. */
final class Promises {
    /** What was decided, as the first node that had it showed. */
    private final List<Block> decided = new ArrayList<>();

    private final Map<Node, Long> checked = new HashMap<>();
    private final List<Machine> machines;
    private Optional<Violation> broken = Optional.empty();

    Promises(List<Machine> machines) {
        this.machines = machines;
    }

    Optional<Violation> broken() {
        return broken;
    }

    long length() {
        return decided.size();
    }

    /** After every event: no two nodes ever hold different blocks at an index. */
    void check() {
        for (Machine machine : machines) {
            machine.node().ifPresent(node -> agrees(machine, node));
        }
    }

    private void agrees(Machine machine, Node node) {
        long from = checked.getOrDefault(node, 0L);
        long length = node.length();
        if (length == from || broken.isPresent()) {
            return;
        }
        checked.put(node, length);
        for (long next = from; next < length; ) {
            for (Block block : node.page(next, (int) (length - next))) {
                compare(machine, block, next);
                next++;
            }
        }
    }

    private void compare(Machine machine, Block block, long index) {
        if (index == decided.size()) {
            decided.add(block);
        } else if (!decided.get((int) index).equals(block) && broken.isEmpty()) {
            broken = Optional.of(Violation.at(
                    index,
                    "two different blocks at index " + index + ": " + machine + " holds " + block + ", another node "
                            + decided.get((int) index)));
        }
    }

    /** When all is healed: every node has every block, every chain is valid, and what users were told is true. */
    void checkAtTheEnd(Users users) {
        check();
        for (Machine machine : machines) {
            Node node = machine.node().orElseThrow();
            if (node.length() != decided.size()) {
                violate(Violation.at(
                        node.length(), machine + " has " + node.length() + " blocks, others have " + decided.size()));
            }
        }
        Verification verification = Verification.ofWholeChain();
        Set<String> texts = new HashSet<>();
        for (Block block : decided) {
            if (verification.next(block) instanceof Verdict.Fault fault) {
                violate(Violation.at(fault.index(), "the chain is not sound: " + fault));
            }
            String text = block.data().text();
            if (!texts.add(text)) {
                violate(Violation.at(block.index(), "\"" + text + "\" is in the chain twice, and was asked for once"));
            }
            if (users.refused().contains(text)) {
                violate(Violation.at(
                        block.index(), "\"" + text + "\" is in the chain, and its user was told that it is not added"));
            }
        }
        for (String text : users.added().stream().sorted().toList()) {
            if (!texts.contains(text)) {
                violate(Violation.of("\"" + text + "\" was acknowledged and is not in the chain"));
            }
        }
    }

    void violate(Violation violation) {
        if (broken.isEmpty()) {
            broken = Optional.of(violation);
        }
    }
}
