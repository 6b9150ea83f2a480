String adjusted(String last, Duration taken) {
    long wanted = blockTime.toSeconds() * EPOCH;
    long bounded = Math.max(wanted / MAX_CHANGE, Math.min(wanted * MAX_CHANGE, taken.toSeconds()));
    BigInteger next = new BigInteger(last, RADIX)
            .multiply(BigInteger.valueOf(bounded))
            .divide(BigInteger.valueOf(wanted));
    return digits(next.max(BigInteger.ONE).min(HASHES.subtract(BigInteger.ONE)));
}
