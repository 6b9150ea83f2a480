public static double exact(double q, int blocks) {
    if (q >= HALF) {
        return 1;
    }
    double lambda = blocks * q / (1 - q);
    double fails = 0;
    double poisson = Math.exp(-lambda);
    for (int made = 0; made <= blocks; made++) {
        fails += poisson * (1 - Math.pow(q / (1 - q), blocks - made + 1.0));
        poisson *= lambda / (made + 1);
    }
    return 1 - fails;
}
