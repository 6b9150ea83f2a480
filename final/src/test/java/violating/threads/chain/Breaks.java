package violating.threads.chain;

/** A chain with a thread of its own. */
final class Breaks {
    void run() {
        new Thread(() -> {}).start();
    }
}
