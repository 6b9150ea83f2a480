package org.naivechain.simulation;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Many short runs, each planned by its seed, on all processors; a run itself belongs to one thread. It ends early when a
 * promise is broken.
 *
 * @param runs how many runs were finished
 * @param added how many adds were acknowledged in them
 * @param messages how many frames were sent
 * @param elections under how many ballots somebody wanted to propose
 * @param faults how many faults happened
 * @param broken the run with the lowest seed that broke a promise, if one did
 */
public record Campaign(long runs, long added, long messages, long elections, long faults, Optional<Report> broken) {
    /**
     * Simulates.
     *
     * @param from the first seed
     * @param seeds how many seeds
     * @param build which nodes run
     * @param progress told how many runs are finished, on any thread
     * @return what came of it
     */
    public static Campaign run(long from, long seeds, Build build, LongConsumer progress) {
        AtomicLong runs = new AtomicLong();
        AtomicLong added = new AtomicLong();
        AtomicLong messages = new AtomicLong();
        AtomicLong elections = new AtomicLong();
        AtomicLong faults = new AtomicLong();
        AtomicLong lowestBroken = new AtomicLong(Long.MAX_VALUE);
        Optional<Report> broken = LongStream.range(from, from + seeds)
                .parallel()
                .filter(seed -> seed < lowestBroken.get())
                .mapToObj(seed -> {
                    Report report = Trial.run(Plan.of(seed), build, passed -> {});
                    added.addAndGet(report.added());
                    messages.addAndGet(report.messages());
                    elections.addAndGet(report.elections());
                    faults.addAndGet(report.faults().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum());
                    if (report.violation().isPresent()) {
                        lowestBroken.accumulateAndGet(seed, Math::min);
                    }
                    progress.accept(runs.incrementAndGet());
                    return report;
                })
                .filter(report -> report.violation().isPresent())
                .min(Comparator.comparingLong(report -> report.plan().seed()));
        return new Campaign(runs.get(), added.get(), messages.get(), elections.get(), faults.get(), broken);
    }
}
