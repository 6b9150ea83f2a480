public int leader(long slot) {
    int total = (int) holders.stream().mapToLong(Holder::stake).sum();
    int coin = new BigInteger(1, sha256(seed + ":" + slot)).mod(BigInteger.valueOf(total)).intValue();
    int holder = 0;
    while (coin >= holders.get(holder).stake()) {
        coin -= (int) holders.get(holder).stake();
        holder++;
    }
    return holder;
}
