package org.naivechain.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.chain.Verification;
import org.naivechain.ledger.Membership;
import org.naivechain.node.Node;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerTable;

/** What a network promises, checked from outside, on everything that its nodes hold. For one thread. */
final class Invariants {
    /** What was decided, as the first node that had it showed. */
    private final List<Block> decided = new ArrayList<>();

    private final Map<Long, Membership> memberships = new HashMap<>();
    private final Map<Long, IdempotencyKey> keys = new HashMap<>();
    private final Map<IdempotencyKey, Long> requests = new HashMap<>();
    private final Map<Node, Long> checked = new HashMap<>();
    private final List<Machine> machines;
    private final VoteHistory votes;
    /** Who the members are, by what was decided last. */
    private Membership latest = Membership.NONE;

    private Optional<Violation> broken = Optional.empty();

    Invariants(List<Machine> machines, VoteHistory votes) {
        this.machines = machines;
        this.votes = votes;
    }

    Optional<Violation> broken() {
        return broken;
    }

    long length() {
        return decided.size();
    }

    /** Whether a node is a member by what was decided last. */
    boolean isMember(Peer node) {
        return latest.contains(node);
    }

    /** Whether a majority of the members is there: if half of them have gone for good, nothing can be decided any more. */
    boolean canDecide() {
        long there = machines.stream()
                .filter(machine -> latest.contains(machine.self()))
                .count();
        return there >= PeerTable.quorumOf(latest.size());
    }

    /** After every event: no two nodes ever hold different blocks at an index, or different members of one version. */
    void check() {
        for (Machine machine : machines) {
            machine.node().ifPresent(node -> agrees(machine, node));
            machine.node().ifPresent(node -> agreesOnMembers(machine, node.membership()));
        }
        votes.broken().ifPresent(this::violate);
    }

    /** The first version is no decision: a node that is to join begins as a network of its own. */
    private void agreesOnMembers(Machine machine, Membership membership) {
        boolean isNetwork = membership.version() > 1 || membership.size() > 1;
        if (isNetwork && membership.version() > latest.version()) {
            latest = membership;
            if (membership.version() == 1) {
                votes.founders(membership);
            } else if (!votes.isDecided(membership)) {
                violate(Violation.of(machine + " holds a membership that no quorum voted for: " + membership));
            }
        }
        if (membership.version() <= 1) {
            return;
        }
        Membership known = memberships.putIfAbsent(membership.version(), membership);
        if (known != null && known != membership && !known.equals(membership)) {
            violate(Violation.of(
                    "two memberships of one version: " + machine + " holds " + membership + ", another node " + known));
        }
    }

    private void agrees(Machine machine, Node node) {
        long from = checked.getOrDefault(node, 0L);
        long length = node.length();
        if (length == from || broken.isPresent()) {
            return;
        }
        long next = from;
        try {
            while (next < length) {
                for (Block block : node.page(next, (int) (length - next))) {
                    compare(machine, block, next);
                    next++;
                }
            }
        } catch (DamagedBlockException e) {
            // It says so itself, and is looked at again when it has been repaired.
            next = e.index();
        }
        checked.put(node, next);
    }

    private void compare(Machine machine, Block block, long index) {
        if (index == decided.size()) {
            decided.add(block);
            IdempotencyKey key = machine.key(index);
            Long before = key == null ? null : requests.putIfAbsent(key, index);
            if (before != null) {
                violate(Violation.at(index, "the blocks " + before + " and " + index + " are of one request: " + key));
            }
            boolean isVotedFor = machine.node().orElseThrow().membership().version() > 0 && index > 0;
            if (isVotedFor && !votes.isDecided(index, block.hash(), key)) {
                violate(Violation.at(
                        index, machine + " holds a block that no quorum voted for: " + block + " of " + key));
            }
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
        users.tallies().forEach((text, tally) -> {
            int count = counts.getOrDefault(text, 0);
            if (count < tally.added()) {
                violate(Violation.of("\"" + text + "\" was acknowledged " + tally.added()
                        + " times and is in the chain " + count + " times"));
            }
            if (count > tally.most()) {
                violate(Violation.at(
                        last(text),
                        "\"" + text + "\" is in the chain " + count + " times, and " + tally.most()
                                + " users were not told for certain that it is not added"));
            }
        });
    }

    /** Two users who add the same text make the same block; which of them did must be the same everywhere, too. */
    private void compareKeys(Machine machine) {
        machine.keys().forEach((index, key) -> {
            IdempotencyKey known = keys.putIfAbsent(index, key);
            if (known != null && !known.equals(key)) {
                violate(Violation.at(
                        index,
                        "two requests behind block " + index + ": " + machine + " holds " + key + ", another "
                                + known));
            }
        });
    }

    private long last(String text) {
        return decided.stream()
                .filter(block -> block.data().text().equals(text))
                .mapToLong(Block::index)
                .max()
                .orElse(0);
    }

    void violate(Violation violation) {
        if (broken.isEmpty()) {
            broken = Optional.of(violation);
        }
    }
}
