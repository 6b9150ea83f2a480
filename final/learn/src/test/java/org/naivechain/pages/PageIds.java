package org.naivechain.pages;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Which ids those of a page are in this run of it, as far as they have been seen. */
final class PageIds {
    static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Map<String, String> real = new HashMap<>();

    void saw(String ofPage, String now) {
        real.putIfAbsent(ofPage, now);
    }

    /** The text with the page's ids replaced. One that was never printed is nobody's, and stays. */
    String real(String text) {
        return ID.matcher(text).replaceAll(id -> real.getOrDefault(id.group(), id.group()));
    }
}
