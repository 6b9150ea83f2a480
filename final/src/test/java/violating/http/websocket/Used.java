package violating.http.websocket;

/** Used where it must not be. */
public final class Used {}
