package violating.protocoltypes.websocket;

/** Used where it must not be. */
public final class Used {}
