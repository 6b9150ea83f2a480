public static double exact(double q, int blocks) {
    if (q >= HALF) {
        return 1;
    }
    return Math.pow(q / (1 - q), blocks + 1.0);
}
