package org.naivechain.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.Callable;
import org.naivechain.blocks.BlocksDemo;
import org.naivechain.chain.ChainDemo;
import org.naivechain.http.HttpDemo;
import org.naivechain.protocol.demo.ProtocolDemo;
import org.naivechain.websocket.WebSocketDemo;
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

    private static final int TWO_TERMINALS = 3;
    private static final int MAX_PORT = 65_535;

    /** What a step shows. */
    private interface Demonstration {
        void run() throws Exception;
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STEP", description = "1 to 5.")
    private int step;

    @Option(
            names = "--listen",
            paramLabel = "PORT",
            description = "Step 3: wait here for frames from another terminal.")
    private Integer listen;

    @Option(names = "--call", paramLabel = "PORT", description = "Step 3: send what you type to the other terminal.")
    private Integer call;

    @Override
    public Integer call() throws Exception {
        if (step < 1 || step > STEPS.size()) {
            throw new ParameterException(spec.commandLine(), "a step must be 1 to " + STEPS.size() + ": " + step);
        }
        if (listen != null || call != null) {
            twoTerminals();
            return 0;
        }
        STEPS.get(step - 1).run();
        return 0;
    }

    private void twoTerminals() throws Exception {
        int port = listen == null ? call : listen;
        if (step != TWO_TERMINALS || listen != null && call != null) {
            throw new ParameterException(
                    spec.commandLine(), "--listen or --call is for step " + TWO_TERMINALS + ", one in each terminal");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "a port must be 0 to " + MAX_PORT + ": " + port);
        }
        if (listen != null) {
            WebSocketDemo.listen(port, System.out);
            // Until the user ends the program.
            Thread.currentThread().join();
        } else {
            WebSocketDemo.call(port, new BufferedReader(new InputStreamReader(System.in)), System.out);
        }
    }
}
