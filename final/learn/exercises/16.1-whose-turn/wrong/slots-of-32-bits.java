public int leader(long slot) {
    long total = holders.stream().mapToLong(Holder::stake).sum();
    long coin = new BigInteger(1, sha256(seed + ":" + (int) slot))
            .mod(BigInteger.valueOf(total))
            .longValueExact();
    int holder = 0;
    while (coin >= holders.get(holder).stake()) {
        coin -= holders.get(holder).stake();
        holder++;
    }
    return holder;
}
