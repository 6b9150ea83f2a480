package violating.ledger.consensus;

/** Used where it must not be. */
public final class Used {}
