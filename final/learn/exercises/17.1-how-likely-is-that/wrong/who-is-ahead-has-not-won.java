public static double exact(double q, int blocks) {
    if (q >= HALF) {
        return 1;
    }
    double p = 1 - q;
    double wins = 0;
    double chance = Math.pow(p, blocks);
    for (int made = 0; made <= blocks; made++) {
        wins += chance * Math.pow(q / p, blocks - made + 1.0);
        chance *= q * (blocks + made) / (made + 1);
    }
    return wins;
}
