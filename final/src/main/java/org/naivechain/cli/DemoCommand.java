package org.naivechain.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.naivechain.blocks.BlocksDemo;
import org.naivechain.chain.ChainDemo;
import org.naivechain.http.HttpDemo;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.Port;
import org.naivechain.protocol.demo.ProtocolDemo;
import org.naivechain.websocket.WebSocketDemo;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the demonstration of a step of the course. */
@Command(name = "demo", description = "Shows what a step of the course gives.")
final class DemoCommand implements Callable<Integer> {
    private static final List<Demonstration> STEPS = List.of(
            () -> BlocksDemo.main(new String[0]),
            () -> ChainDemo.main(new String[0]),
            () -> WebSocketDemo.main(new String[0]),
            () -> ProtocolDemo.main(new String[0]),
            () -> HttpDemo.main(new String[0]));

    /** What a step shows. */
    private interface Demonstration {
        void run() throws Exception;
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STEP", description = "1 to 5, or network: three finished nodes.")
    private String what;

    @Option(names = "--stay", description = "network: let the nodes go on until you press Ctrl+C.")
    private boolean stay;

    private int step;

    @Option(
            names = "--listen",
            paramLabel = "PORT",
            description = "Step 3: wait here for frames from another terminal.")
    private Integer listen;

    @Option(names = "--call", paramLabel = "PORT", description = "Step 3: send what you type to the other terminal.")
    private Integer call;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Steps 4 and 5: start one node that listens here; step 5 serves HTTP on the next port.")
    private Integer port;

    @Option(
            names = "--peer",
            paramLabel = "PORT",
            description = "Steps 4 and 5: join the node that listens there, in another terminal.")
    private Integer peer;

    @Override
    public Integer call() throws Exception {
        boolean isNetwork = what.equals("network");
        if (!isNetwork && !what.matches("[1-5]")) {
            throw new ParameterException(spec.commandLine(), "a step must be 1 to 5, or network: " + what);
        }
        step = isNetwork ? 0 : Integer.parseInt(what);
        // The demonstration shows what matters, and not what a server says of its ports.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
                .getLoggerContext()
                .getLoggerList()
                .forEach(logger -> logger.setLevel(Level.ERROR));
        boolean isAlone = listen == null && call == null && port == null && peer == null;
        if (stay && !isNetwork) {
            throw new ParameterException(spec.commandLine(), "--stay is for demo network: leave it out");
        }
        if (isNetwork && isAlone) {
            NetworkDemo.run(System.out, stay);
        } else if (isAlone) {
            STEPS.get(step - 1).run();
        } else if (step == 3) {
            exchangeFrames();
        } else if (step == 4 || step == 5) {
            runNode();
        } else {
            throw new ParameterException(
                    spec.commandLine(),
                    (isNetwork ? "network" : "step " + step) + " shows all by itself: leave the other options out");
        }
        return 0;
    }

    private void exchangeFrames() throws Exception {
        if ((listen == null) == (call == null) || port != null || peer != null) {
            throw new ParameterException(
                    spec.commandLine(), "step 3 takes --listen PORT in one terminal, and --call PORT in the other");
        }
        if (call != null) {
            int other = checked("--call", call);
            WebSocketDemo.call(other, new BufferedReader(new InputStreamReader(System.in)), System.out);
            return;
        }
        keepOpen(listening(checked("--listen", listen)));
    }

    private static AutoCloseable listening(int port) throws IOException {
        try {
            return WebSocketDemo.listen(port, System.out);
        } catch (BindException e) {
            throw new IOException(
                    "cannot listen on port " + port + " (" + e.getMessage() + "); choose another with --listen", e);
        }
    }

    private void runNode() throws Exception {
        if (port == null || listen != null || call != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "step " + step + " takes -p PORT in one terminal, and -p PORT --peer PORT in the other");
        }
        int own = checked("-p", port);
        Optional<PeerAddress> member =
                Optional.ofNullable(peer).map(at -> new PeerAddress("127.0.0.1", checked("--peer", at)));
        keepOpen(step == 4 ? ProtocolDemo.start(4, own, member, System.out) : HttpDemo.start(own, member, System.out));
    }

    /** Until the user ends the program. */
    private static void keepOpen(AutoCloseable running) throws Exception {
        try (running) {
            new CountDownLatch(1).await();
        }
    }

    private int checked(String option, int number) {
        try {
            return new Port(number).number();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage());
        }
    }
}
