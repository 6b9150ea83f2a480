package org.naivechain.pages;

import java.nio.file.Path;

/** What is wrong with a page, where, and what its author does about it. */
record Complaint(Path page, int line, String words) {
    @Override
    public String toString() {
        return page + ":" + line + ": " + words;
    }
}
