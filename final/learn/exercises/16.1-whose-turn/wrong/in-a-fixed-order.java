/** In proportion, but the largest holder has many turns in a row. */
public int leader(long slot) {
    long coin = slot % holders.stream().mapToLong(Holder::stake).sum();
    int holder = 0;
    while (coin >= holders.get(holder).stake()) {
        coin -= holders.get(holder).stake();
        holder++;
    }
    return holder;
}
