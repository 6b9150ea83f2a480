package org.naivechain.notebooks;

/** Two texts, one below the other, with every place marked where they differ. */
public final class Difference {
    private Difference() {}

    /** {@return the two texts, and at how many places they differ; what one has beyond the end of the other differs} */
    public static Picture of(String first, String second) {
        int places = Math.max(first.length(), second.length());
        StringBuilder signs = new StringBuilder();
        StringBuilder below = new StringBuilder();
        int different = 0;
        for (int i = 0; i < places; i++) {
            boolean same = i < first.length() && i < second.length() && first.charAt(i) == second.charAt(i);
            different += same ? 0 : 1;
            signs.append(same ? ' ' : '^');
            if (i < second.length()) {
                String sign = Picture.escaped(second.substring(i, i + 1));
                below.append(same ? sign : marked(sign));
            }
        }
        String words = different + " of " + places + " differ";
        return new Picture(
                "<div style=\"display:inline-block;padding:8px 12px;border-radius:8px;white-space:pre;font-family:monospace;"
                        + "color:" + Svg.INK + ";background:" + Svg.CARD + "\">" + Picture.escaped(first) + "<br/>"
                        + below
                        + "<br/>" + words + "</div>",
                first + "\n" + second + "\n" + signs.toString().stripTrailing() + "\n" + words);
    }

    private static String marked(String sign) {
        return "<span style=\"background:" + Svg.Look.BROKEN.fill() + ";color:" + Svg.Look.BROKEN.line() + "\">" + sign
                + "</span>";
    }
}
