/** Takes the time of all blocks for that of one. */
String adjusted(String last, Duration taken) {
    long wanted = blockTime.toMillis();
    long bounded = Math.max(wanted / MAX_CHANGE, Math.min(wanted * MAX_CHANGE, taken.toMillis()));
    BigInteger next = new BigInteger(last, RADIX)
            .multiply(BigInteger.valueOf(bounded))
            .divide(BigInteger.valueOf(wanted));
    return digits(next.max(BigInteger.ONE).min(HASHES.subtract(BigInteger.ONE)));
}
