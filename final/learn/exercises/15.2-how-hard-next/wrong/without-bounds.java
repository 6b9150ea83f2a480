/** Believes the clocks. */
String adjusted(String last, Duration taken) {
    long wanted = blockTime.toMillis() * EPOCH;
    BigInteger next = new BigInteger(last, RADIX)
            .multiply(BigInteger.valueOf(taken.toMillis()))
            .divide(BigInteger.valueOf(wanted));
    return digits(next.max(BigInteger.ONE).min(HASHES.subtract(BigInteger.ONE)));
}
