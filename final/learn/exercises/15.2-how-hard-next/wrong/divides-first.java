/** Divides two small numbers before it multiplies. */
String adjusted(String last, Duration taken) {
    long wanted = blockTime.toMillis() * EPOCH;
    long bounded = Math.max(wanted / MAX_CHANGE, Math.min(wanted * MAX_CHANGE, taken.toMillis()));
    BigInteger next = new BigInteger(last, RADIX).multiply(BigInteger.valueOf(bounded / wanted));
    return digits(next.max(BigInteger.ONE).min(HASHES.subtract(BigInteger.ONE)));
}
