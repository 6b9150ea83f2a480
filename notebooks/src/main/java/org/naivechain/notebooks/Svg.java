package org.naivechain.notebooks;

import java.awt.geom.Rectangle2D;
import java.util.Locale;

/** An SVG document under construction, on a light card of its own, so that it can be read on light and on dark pages. */
final class Svg {
    static final String INK = "#1f2933";
    static final String PALE_INK = "#616e7c";
    static final String CARD = "#fcfcfa";

    private final StringBuilder body = new StringBuilder();
    private double width;
    private double height;

    /** How a box is drawn. */
    record Look(String fill, String line) {
        static final Look SOUND = new Look("#e3f1e6", "#2f7d4f");
        static final Look BROKEN = new Look("#fadbd8", "#b42318");
        static final Look DOUBTFUL = new Look("#e7e9ec", "#98a2b3");
    }

    /** Makes the document large enough for a point. */
    private void reach(double x, double y) {
        width = Math.max(width, x);
        height = Math.max(height, y);
    }

    Svg box(double x, double y, double w, double h, Look look) {
        reach(x + w, y + h);
        return add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"5\" fill=\"%s\" stroke=\"%s\"/>",
                x, y, w, h, look.fill(), look.line());
    }

    Svg dot(double x, double y, String color) {
        reach(x + 4, y + 4);
        return add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>", x, y, color);
    }

    Svg line(double x1, double y1, double x2, double y2, String color) {
        reach(Math.max(x1, x2), Math.max(y1, y2));
        return add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>", x1, y1, x2, y2, color);
    }

    /** A line with a head at its second end. */
    Svg arrow(double x1, double y1, double x2, double y2, String color) {
        double angle = Math.atan2(y2 - y1, x2 - x1);
        double wing = 0.4;
        double length = 7;
        line(x1, y1, x2, y2, color);
        return add(
                "<path d=\"M %.1f %.1f L %.1f %.1f L %.1f %.1f Z\" fill=\"%s\"/>",
                x2,
                y2,
                x2 - length * Math.cos(angle - wing),
                y2 - length * Math.sin(angle - wing),
                x2 - length * Math.cos(angle + wing),
                y2 - length * Math.sin(angle + wing),
                color);
    }

    /**
     * A line of text.
     *
     * @param anchor start, middle, or end
     */
    Svg text(double x, double y, double size, String anchor, String color, String text) {
        double room = room(text, size);
        reach(anchor.equals("start") ? x + room : anchor.equals("middle") ? x + room / 2 : x, y + size / 2);
        return add(
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x, y, size, anchor, color, Picture.escaped(text));
    }

    /** Covers what is below words that come next. */
    Svg ground(Rectangle2D box) {
        return add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                box.getX() - 1, box.getY(), box.getWidth() + 2, box.getHeight(), CARD);
    }

    /** {@return how wide a line of text is, about} */
    static double room(String text, double size) {
        return text.length() * size * 0.62;
    }

    Svg text(double x, double y, String text) {
        return text(x, y, 12, "start", INK, text);
    }

    private Svg add(String format, Object... values) {
        body.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    Picture picture(String text) {
        double margin = 12;
        String document = String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\""
                                + " viewBox=\"%.0f %.0f %.0f %.0f\" font-family=\"ui-monospace, Menlo, Consolas,"
                                + " 'DejaVu Sans Mono', monospace\">",
                        width + 2 * margin,
                        height + 2 * margin,
                        -margin,
                        -margin,
                        width + 2 * margin,
                        height + 2 * margin)
                + String.format(
                        Locale.ROOT,
                        "<rect x=\"%.0f\" y=\"%.0f\" width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"%s\"/>%n",
                        -margin,
                        -margin,
                        CARD)
                + body + "</svg>";
        return Picture.ofSvg(document, text);
    }
}
