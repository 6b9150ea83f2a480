package org.naivechain.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks, in about two minutes, and compares those that belong together. Takes the options of JMH. */
public final class Benchmarks {
    private static final int WARM_UPS = 4;
    private static final int MEASUREMENTS = 6;
    private static final String VERIFY = VerifyBenchmark.class.getName() + ".chain";
    private static final String SHA_256 = VerifyBenchmark.class.getName() + ".bareSha256";

    private Benchmarks() {}

    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
        CommandLineOptions typed = new CommandLineOptions(arguments);
        OptionsBuilder options = new OptionsBuilder();
        options.parent(typed);
        options.mode(Mode.Throughput).timeUnit(TimeUnit.SECONDS);
        options.forks(typed.getForkCount().orElse(1));
        options.warmupIterations(typed.getWarmupIterations().orElse(WARM_UPS));
        options.measurementIterations(typed.getMeasurementIterations().orElse(MEASUREMENTS));
        options.warmupTime(typed.getWarmupTime().orElse(TimeValue.seconds(1)));
        options.measurementTime(typed.getMeasurementTime().orElse(TimeValue.seconds(1)));
        Collection<RunResult> results = new Runner(options.build()).run();

        double verify = score(results, VERIFY);
        double sha256 = score(results, SHA_256);
        if (verify > 0 && sha256 > 0) {
            System.out.printf(
                    Locale.ROOT,
                    "%nVerifying a chain takes %.1f times as long as hashing its bytes does.%n",
                    sha256 / verify);
        }
    }

    /** How often per second; 0 if the benchmark was not run. */
    private static double score(Collection<RunResult> results, String benchmark) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().equals(benchmark))
                .mapToDouble(result -> result.getPrimaryResult().getScore())
                .findFirst()
                .orElse(0);
    }
}
