package org.naivechain.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.chain.Verification;
import org.naivechain.ledger.Membership;
import org.naivechain.node.Node;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerTable;

/** Checks the promises of a network from outside, on everything that its nodes hold. For one thread. */
final class Invariants implements Promises {
    /** The decided blocks, as the first node that had each showed it. */
    private final List<Block> decided = new ArrayList<>();

    private final Map<Long, Membership> memberships = new HashMap<>();
    private final Map<Long, IdempotencyKey> keys = new HashMap<>();
    private final Map<IdempotencyKey, Long> requests = new HashMap<>();
    private final Map<Node, Long> checked = new HashMap<>();
    private final List<Machine> machines;
    private final VoteHistory votes;
    /** The members by the last decision. */
    private Membership latest = Membership.NONE;

    private Optional<Violation> broken = Optional.empty();

    Invariants(List<Machine> machines, VoteHistory votes) {
        this.machines = machines;
        this.votes = votes;
    }

    @Override
    public Optional<Violation> broken() {
        return broken;
    }

    @Override
    public long length() {
        return decided.size();
    }

    @Override
    public boolean isMember(Peer node) {
        return latest.contains(node);
    }

    /** If half of the members are gone for good, nothing can be decided any more. */
    @Override
    public boolean canDecide() {
        long there =
                machines.stream().filter(machine -> isMember(machine.self())).count();
        return there >= PeerTable.quorumOf(latest.size());
    }

    @Override
    public boolean isSameAnswer(AddOutcome first, Optional<AddOutcome> again) {
        return again.filter(first::equals).isPresent();
    }

    /** Checks that no two nodes ever hold different blocks at an index, or different members of one version. */
    @Override
    public void check() {
        for (Machine machine : machines) {
            machine.node().ifPresent(node -> {
                checkBlocks(machine, node);
                checkMembers(machine, node.membership());
            });
        }
        votes.broken().ifPresent(this::violate);
    }

    /** The first version is no decision: a node that is to join begins as a network of its own. */
    private void checkMembers(Machine machine, Membership membership) {
        boolean isNetwork = membership.version() > 1 || membership.size() > 1;
        if (isNetwork && membership.version() > latest.version()) {
            latest = membership;
            if (membership.version() == 1) {
                votes.founders(membership);
            } else if (!votes.isDecided(membership)) {
                violate(machine + " holds a membership that no quorum voted for: " + membership);
            }
        }
        if (membership.version() > 1) {
            Membership known = memberships.putIfAbsent(membership.version(), membership);
            if (known != null && !known.equals(membership)) {
                violate("two memberships of one version: " + machine + " holds " + membership + ", another node "
                        + known);
            }
        }
    }

    private void checkBlocks(Machine machine, Node node) {
        long next = checked.getOrDefault(node, 0L);
        long length = node.length();
        if (length == next || broken.isPresent()) {
            return;
        }
        try {
            while (next < length) {
                for (Block block : node.page(next, (int) (length - next))) {
                    checkBlock(machine, node, block, next);
                    next++;
                }
            }
        } catch (DamagedBlockException e) {
            // The node says itself that the block is damaged; it is checked when it has been repaired.
            next = e.index();
        }
        checked.put(node, next);
    }

    private void checkBlock(Machine machine, Node node, Block block, long index) {
        if (index < decided.size()) {
            Block known = decided.get((int) index);
            if (!known.equals(block)) {
                violate(
                        index,
                        "two different blocks at index " + index + ": " + machine + " holds " + block
                                + ", another node " + known);
            }
            return;
        }
        decided.add(block);
        IdempotencyKey key = machine.keys(index, index + 1).get(index);
        Long before = key == null ? null : requests.putIfAbsent(key, index);
        if (before != null) {
            violate(index, "the blocks " + before + " and " + index + " are of one request: " + key);
        }
        boolean isVotedFor = node.membership().version() > 0 && index > 0;
        if (isVotedFor && !votes.isDecided(index, block.hash(), key)) {
            violate(index, machine + " holds a block that no quorum voted for: " + block + " of " + key);
        }
    }

    /** Checks that every node has every block, every chain is valid, and all answers to users are true. */
    @Override
    public void checkAtTheEnd(Users users) {
        check();
        if (canDecide()) {
            machines.forEach(this::checkThatAllIsThere);
        }
        Verification verification = Verification.ofWholeChain();
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Long> lastIndexes = new HashMap<>();
        for (Block block : decided) {
            if (verification.next(block) instanceof Verdict.Fault fault) {
                violate(fault.index(), "the chain is not sound: " + fault);
            }
            counts.merge(block.data().text(), 1, Integer::sum);
            lastIndexes.put(block.data().text(), block.index());
        }
        checkAnswers(users, counts, lastIndexes);
    }

    /** What users were told of each of their texts is true: no acknowledged add is missing, and none is there too often. */
    private void checkAnswers(Users users, Map<String, Integer> counts, Map<String, Long> lastIndexes) {
        users.tallies().forEach((text, tally) -> {
            int count = counts.getOrDefault(text, 0);
            if (count < tally.added()) {
                violate("\"" + text + "\" was acknowledged " + tally.added() + " times and is in the chain " + count
                        + " times");
            }
            if (count > tally.most()) {
                violate(
                        lastIndexes.get(text),
                        "\"" + text + "\" is in the chain " + count + " times, and " + tally.most()
                                + " users were not told for certain that it is not added");
            }
        });
    }

    private void checkThatAllIsThere(Machine machine) {
        Node node = machine.node().orElseThrow();
        if (!machine.isMember()) {
            violate(machine + " is no member, although it has tried to become one: " + node.membership());
        }
        if (node.length() != decided.size()) {
            violate(node.length(), machine + " has " + node.length() + " blocks, others have " + decided.size());
        }
        // Two users who add the same text make the same block; whose request it is must be the same everywhere, too.
        machine.keys(0, Long.MAX_VALUE).forEach((index, key) -> {
            IdempotencyKey known = keys.putIfAbsent(index, key);
            if (known != null && !known.equals(key)) {
                violate(
                        index,
                        "two requests behind block " + index + ": " + machine + " holds " + key + ", another " + known);
            }
        });
        try {
            Simulation.chain(node);
        } catch (DamagedBlockException e) {
            violate(e.index(), machine + " has not repaired its chain: " + e.getMessage());
        }
    }

    @Override
    public void violate(String what) {
        violate(Violation.of(what));
    }

    private void violate(long index, String what) {
        violate(Violation.at(index, what));
    }

    private void violate(Violation violation) {
        broken = broken.or(() -> Optional.of(violation));
    }
}
