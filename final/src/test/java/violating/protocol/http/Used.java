package violating.protocol.http;

/** Used where it must not be. */
public final class Used {}
