package org.naivechain.simulation;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * The sums of many short runs, each planned by its seed. They use all processors, and each run belongs to one thread. A
 * campaign ends early when a promise is broken.
 *
 * @param broken the run with the lowest seed that broke a promise, if there is one
 * @see Report
 */
public record Campaign(long runs, long added, long messages, long elections, long faults, Optional<Report> broken) {
    /**
     * Simulates a number of seeds.
     *
     * @param progress receives the number of finished runs, on any thread
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
                    report.faults().values().forEach(faults::addAndGet);
                    report.violation().ifPresent(violation -> lowestBroken.accumulateAndGet(seed, Math::min));
                    progress.accept(runs.incrementAndGet());
                    return report;
                })
                .filter(report -> report.violation().isPresent())
                .min(Comparator.comparingLong(report -> report.plan().seed()));
        return new Campaign(runs.get(), added.get(), messages.get(), elections.get(), faults.get(), broken);
    }
}
