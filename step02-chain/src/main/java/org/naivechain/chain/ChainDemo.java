package org.naivechain.chain;

import java.util.List;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;

/** Step 2 on the screen: a chain is built, a block in the middle is tampered with, and the chain shows where it breaks. */
public final class ChainDemo {
    private ChainDemo() {}

    /**
     * Prints the demonstration.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
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

    private static void fill(Chain chain) {
        for (String text : List.of("Alice pays Bob 5", "Bob pays Carol 3", "Carol pays Alice 1")) {
            chain.append(chain.next(BlockData.of(text)));
        }
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
