package org.naivechain.blocks;

/** Step 1 on the screen: the genesis block, a block on it, and what one changed letter does to the hash. */
public final class BlocksDemo {
    private BlocksDemo() {}

    /**
     * Prints the demonstration.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Block second = Block.GENESIS.next(BlockData.of("Testing String Again"));
        Block tampered = second.tampered(BlockData.of("Testing String again"));

        System.out.println("The genesis block, the same on every node:");
        System.out.println("  " + json(Block.GENESIS));
        System.out.println("A block that follows it:");
        System.out.println("  " + json(second));
        System.out.println("One letter changed, and the hash does not fit any more:");
        System.out.println("  claimed  " + tampered.hash());
        System.out.println("  computed " + tampered.computedHash());
        System.out.println("The data is hashed as the JSON literal that is sent, so every node hashes the same bytes:");
        System.out.println("  é, smile  ->  " + BlockData.of("é, \ud83d\ude00").literal());
    }

    private static String json(Block block) {
        return WireFormat.mapper().writeValueAsString(block);
    }
}
