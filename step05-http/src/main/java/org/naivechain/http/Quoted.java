package org.naivechain.http;

/** A client's own words in a message to that client: in quotes, and not endless. */
final class Quoted {
    private static final int MAX_CHARS = 100;

    private Quoted() {}

    static String of(String text) {
        return '"' + (text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "..." : text) + '"';
    }
}
