package org.naivechain.storage;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.StoreVerification;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.BlockRules;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.KeptChain;

/**
 * A chain in a file, looked at without a node.
 *
 * @param length how many blocks there are
 * @param verdict sound, or the first fault
 */
public record ChainFile(long length, Verdict verdict) {
    /** Verifies a chain whose blocks have no seals, as the other does. */
    public static ChainFile verify(Path path) throws StorageException {
        return verify(path, words -> Optional.of(BlockRules.UNSEALED));
    }

    /**
     * Verifies the chain in a file. A node may use the file meanwhile.
     *
     * @param known tells what rules demand of blocks, as {@link DataDirectory#rules} says them; nothing if it does not know them
     * @throws StorageException if there is no such file, or it cannot be read, or its rules are not known
     */
    public static ChainFile verify(Path path, Function<String, Optional<BlockRules>> known) throws StorageException {
        try (SqliteFile file = SqliteFile.openReader(path)) {
            KeptBlocks store = new SqliteBlockStore(file);
            BlockRules rules = rules(path, file, known);
            StoreVerification verification = new StoreVerification(store, 0, store.length());
            while (verification.step()) {}
            Verdict verdict = verification.verdict();
            if (verdict.isSound()) {
                verdict = rules.verify(store, 0, store.length(), () -> true);
            }
            return new ChainFile(store.length(), withEnd(store, rules, verdict));
        }
    }

    /** Who made the file without a node knew nothing of seals. */
    private static BlockRules rules(Path path, SqliteFile file, Function<String, Optional<BlockRules>> known)
            throws StorageException {
        Optional<String> words = DataDirectory.rules(file);
        Optional<BlockRules> rules = words.map(known).orElse(Optional.of(BlockRules.UNSEALED));
        return rules.orElseThrow(
                () -> new StorageException("the blocks of " + path + " came about by " + words.orElseThrow()
                        + ", which are not known here: name the stakes if it has some (--stakes FILE), or verify it with the program that"
                        + " made it"));
    }

    /** A chain that is shorter than it was is sound by itself. */
    private static Verdict withEnd(KeptBlocks store, BlockRules rules, Verdict verdict) {
        return KeptChain.lostEnd(store, rules)
                .filter(tip -> verdict.isSound())
                .map(tip -> Verdict.fault(store.length(), "the end is lost, there were " + tip.length() + " blocks"))
                .orElse(verdict);
    }

    /**
     * Makes a file with a chain of so many blocks, the genesis block included.
     *
     * @throws StorageException if the file cannot be used, or has a chain already
     */
    public static void create(Path path, long length) throws StorageException {
        try (SqliteFile file = SqliteFile.open(path)) {
            KeptBlocks store = new SqliteBlockStore(file);
            if (store.length() > 0) {
                throw new StorageException(path + " has a chain of " + store.length()
                        + " blocks already: name another file, or remove it first");
            }
            Chain chain = KeptChain.over(store);
            while (chain.length() < length) {
                chain.append(chain.next(BlockData.of("Alice pays Bob " + chain.length())));
            }
            file.commit();
        }
    }
}
