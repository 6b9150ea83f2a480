package org.naivechain.notebooks;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Something to look at in a notebook.
 *
 * @param html as Jupyter shows it
 * @param text the same in words, for readers and tools that have no pictures
 */
public record Picture(String html, String text) {
    /** A picture of an SVG document; as an image it is shown the same by every page. */
    static Picture ofSvg(String svg, String text) {
        return ofImage("image/svg+xml", svg.getBytes(StandardCharsets.UTF_8), text);
    }

    static Picture ofImage(String type, byte[] image, String text) {
        return new Picture(
                "<img alt=\"" + escaped(text).replace("\n", "&#10;") + "\" style=\"max-width:100%\" src=\"data:" + type
                        + ";base64," + Base64.getEncoder().encodeToString(image) + "\"/>",
                text);
    }

    /** A text as HTML and SVG show it. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return text;
    }
}
