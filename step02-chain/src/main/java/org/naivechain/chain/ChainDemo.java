package org.naivechain.chain;

import java.nio.file.Path;
import java.util.List;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;

/** Step 2 on the screen: a chain is built, a block in the middle is tampered with, and the chain shows where it breaks. */
public final class ChainDemo {
    private ChainDemo() {}

    /**
     * Prints the demonstration. A file that cannot be used is told in one line, and the exit status is 1.
     *
     * @param arguments none; or a file, to be verified, and the number of blocks that it is to have if it is new
     */
    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            tamper();
            return;
        }
        try {
            verify(Path.of(arguments[0]), arguments.length > 1 ? Long.parseLong(arguments[1]) : 0);
        } catch (StorageException | StorageFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void verify(Path path, long wanted) throws StorageException {
        try (SqliteFile file = SqliteFile.open(path)) {
            BlockStore store = new SqliteBlockStore(file);
            if (store.length() == 0) {
                Chain chain = Chain.over(store);
                fill(chain);
                while (chain.length() < wanted) {
                    chain.append(chain.next(BlockData.of("Alice pays Bob " + chain.length())));
                }
                file.commit();
            }
            long began = System.nanoTime();
            StoreVerification verification = new StoreVerification(store, 0, store.length());
            while (verification.step()) {}
            System.out.printf(
                    "%s: %d blocks, verified in %.1f s: %s%n",
                    path, store.length(), (System.nanoTime() - began) / 1e9, lostEnd(store, verification.verdict()));
        }
    }

    /** A chain that is shorter than it was is sound by itself. */
    private static Verdict lostEnd(BlockStore store, Verdict verdict) {
        return store.tip()
                .filter(tip -> verdict.isSound() && tip.length() > store.length())
                .map(tip -> Verdict.fault(store.length(), "the end is lost, there were " + tip.length() + " blocks"))
                .orElse(verdict);
    }

    private static void fill(Chain chain) {
        for (String text : List.of("Alice pays Bob 5", "Bob pays Carol 3", "Carol pays Alice 1")) {
            chain.append(chain.next(BlockData.of(text)));
        }
    }

    private static void tamper() {
        MemoryBlockStore store = new MemoryBlockStore();
        Chain chain = Chain.over(store);
        fill(chain);
        System.out.println("A chain of " + chain.length() + " blocks:");
        print(store);
        System.out.println("Verified: " + chain.verify());

        Block altered = chain.page(2, 1).get(0).tampered(BlockData.of("Bob pays Carol 3000"));
        List<Block> after = chain.page(3, 1);
        store.write(2, List.of(altered));
        store.write(3, after);
        System.out.println();
        System.out.println("Block 2 is altered where it is kept, behind the chain's back:");
        print(store);
        System.out.println("Verified: " + chain.verify());

        Block rehashed = chain.page(1, 1).get(0).next(altered.data());
        store.write(2, List.of(rehashed));
        store.write(3, after);
        System.out.println();
        System.out.println("The forger computes the hash of block 2 anew, and the break moves to the block after:");
        print(store);
        System.out.println("Verified: " + chain.verify());
    }

    /** What is kept, sound or not. */
    private static void print(BlockStore store) {
        for (Block block : store.read(0, 10)) {
            System.out.printf(
                    "  %d  previous %.8s  hash %.8s  %s%n",
                    block.index(),
                    block.previousHash(),
                    block.hash(),
                    block.data().literal());
        }
    }
}
