package org.naivechain.chain;

/** What a store keeps at a position is missing or is no block: somebody else wrote there. */
public final class DamagedBlockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long index;
    private final String reason;

    /**
     * A damage.
     *
     * @param reason the rule that is broken, with the value that breaks it
     */
    public DamagedBlockException(long index, String reason) {
        super("block " + index + ": " + reason);
        this.index = index;
        this.reason = reason;
    }

    /** {@return where the damage is: the position of the block in its store} */
    public long index() {
        return index;
    }

    /** {@return what is wrong there: the rule that is broken, with the value that breaks it} */
    public String reason() {
        return reason;
    }
}
