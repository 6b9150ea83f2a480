package org.naivechain.storage;

import java.nio.file.Path;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.StoreVerification;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.KeptChain;

/**
 * A chain in a file, looked at without a node.
 *
 * @param length how many blocks there are
 * @param verdict sound, or the first fault
 */
public record ChainFile(long length, Verdict verdict) {
    /**
     * Verifies the chain in a file. A node may use the file meanwhile.
     *
     * @throws StorageException if there is no such file, or it cannot be read
     */
    public static ChainFile verify(Path path) throws StorageException {
        try (SqliteFile file = SqliteFile.openReader(path)) {
            KeptBlocks store = new SqliteBlockStore(file);
            StoreVerification verification = new StoreVerification(store, 0, store.length());
            while (verification.step()) {}
            return new ChainFile(store.length(), withEnd(store, verification.verdict()));
        }
    }

    /** A chain that is shorter than it was is sound by itself. */
    private static Verdict withEnd(KeptBlocks store, Verdict verdict) {
        return store.tip()
                .filter(tip -> verdict.isSound() && tip.length() > store.length())
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
