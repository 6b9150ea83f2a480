public static double exact(double q, int blocks) {
    double p = 1 - q;
    double fails = 0;
    double chance = Math.pow(p, blocks);
    for (int made = 0; made <= blocks; made++) {
        fails += chance * (1 - Math.pow(q / p, blocks - made + 1.0));
        chance *= q * (blocks + made) / (made + 1);
    }
    return 1 - fails;
}
