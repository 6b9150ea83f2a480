package org.naivechain.bench;

/**
 * How long adds took: counts in buckets of microseconds, like those of HdrHistogram. Below 128 µs each microsecond has a bucket
 * of its own; above, each power of two has 64, so that a percentile is at most 1.6 % too large and never too small. The
 * longest is exact. For one thread.
 */
final class Latencies {
    private static final int BITS = 6;
    private static final int STEPS = 1 << BITS;
    /** Up to 2^36 µs, which is most of a day. */
    private static final int POWERS = 36 - BITS;

    private static final int NANOS_PER_MICRO = 1_000;
    private static final double MICROS_PER_MILLI = 1_000;

    private final long[] buckets = new long[(POWERS + 1) * STEPS];
    private long count;
    private long longestMicros;

    void record(long nanos) {
        long micros = Math.max(0, nanos / NANOS_PER_MICRO);
        buckets[Math.min(bucket(micros), buckets.length - 1)]++;
        count++;
        longestMicros = Math.max(longestMicros, micros);
    }

    void add(Latencies other) {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] += other.buckets[i];
        }
        count += other.count;
        longestMicros = Math.max(longestMicros, other.longestMicros);
    }

    long count() {
        return count;
    }

    double longestMillis() {
        return longestMicros / MICROS_PER_MILLI;
    }

    /** The time within which this share of the adds was answered: 0.99 asks for 99 of 100; 0 if there is none. */
    double millisWithin(double share) {
        long wanted = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= wanted && seen > 0) {
                return Math.min(last(i), longestMicros) / MICROS_PER_MILLI;
            }
        }
        return 0;
    }

    private static int bucket(long micros) {
        int power = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(micros) - BITS - 1);
        return power * STEPS + (int) (micros >> power);
    }

    /** The longest time that falls into a bucket. */
    private static long last(int bucket) {
        int power = Math.max(0, bucket / STEPS - 1);
        return ((long) (bucket - power * STEPS + 1) << power) - 1;
    }
}
