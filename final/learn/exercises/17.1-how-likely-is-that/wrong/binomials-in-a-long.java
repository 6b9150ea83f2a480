public static double exact(double q, int blocks) {
    if (q >= HALF) {
        return 1;
    }
    double p = 1 - q;
    double fails = 0;
    long binomial = 1;
    for (int made = 0; made <= blocks; made++) {
        double chance = binomial * Math.pow(p, blocks) * Math.pow(q, made);
        fails += chance * (1 - Math.pow(q / p, blocks - made + 1.0));
        binomial = binomial * (blocks + made) / (made + 1);
    }
    return 1 - fails;
}
