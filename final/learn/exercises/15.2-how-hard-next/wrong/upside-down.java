/** Makes it easier when blocks come too fast. */
String adjusted(String last, Duration taken) {
    long wanted = blockTime.toMillis() * EPOCH;
    long bounded = Math.max(wanted / MAX_CHANGE, Math.min(wanted * MAX_CHANGE, taken.toMillis()));
    BigInteger next = new BigInteger(last, RADIX)
            .multiply(BigInteger.valueOf(wanted))
            .divide(BigInteger.valueOf(bounded));
    return digits(next.max(BigInteger.ONE).min(HASHES.subtract(BigInteger.ONE)));
}
