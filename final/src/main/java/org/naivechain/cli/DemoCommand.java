package org.naivechain.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.naivechain.blocks.BlocksDemo;
import org.naivechain.chain.ChainDemo;
import org.naivechain.http.HttpDemo;
import org.naivechain.protocol.ProtocolDemo;
import org.naivechain.websocket.WebSocketDemo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

    @Parameters(paramLabel = "STEP", description = "1 to 5.")
    private int step;

    @Override
    public Integer call() throws Exception {
        if (step < 1 || step > STEPS.size()) {
            throw new ParameterException(spec.commandLine(), "a step must be 1 to " + STEPS.size() + ": " + step);
        }
        STEPS.get(step - 1).run();
        return 0;
    }
}
