package violating.httppeertypes.protocol;

/** What HTTP need not know. */
public final class Command {}
