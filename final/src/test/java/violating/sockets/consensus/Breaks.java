package violating.sockets.consensus;

import java.net.Socket;

/** An engine with a socket of its own. */
final class Breaks {
    Socket socket() {
        return new Socket();
    }
}
