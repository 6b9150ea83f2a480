package org.naivechain.pages;

import java.util.List;

/** Something that the reader of a page does, or looks at. */
sealed interface Action {
    /** The page's line that says so. */
    int line();

    /** In quick runs of a page long ones are left out. */
    boolean isLong();

    /** Where there is no other, a reader types here. */
    String FIRST_TERMINAL = "";

    /**
     * Types a command.
     *
     * @param line the line of the command
     * @param terminal which terminal it is typed in
     * @param typed the command, of several lines if those before the last end with a backslash
     * @param printed what it prints
     * @param printedLine the line where that begins
     * @param fails whether it may end with another status than 0
     * @param mayRunOn whether it may still run when all of that has been printed
     * @param isLong whether it takes its time
     */
    record Command(
            int line,
            String terminal,
            String typed,
            List<String> printed,
            int printedLine,
            boolean fails,
            boolean mayRunOn,
            boolean isLong)
            implements Action {}

    /** One of the commands of a block must have failed. */
    record Failed(int line, boolean isLong) implements Action {}

    /** Looks at what the command in a terminal prints next. */
    record Look(int line, String terminal, List<String> printed, boolean isLong) implements Action {}

    /** Ends the command in a terminal, with Ctrl+C or, at once, with {@code kill -9}. */
    record Stop(int line, String terminal, boolean atOnce) implements Action {
        @Override
        public boolean isLong() {
            return false;
        }
    }

    /** Types a line for the command that runs in a terminal. */
    record Type(int line, String terminal, String words) implements Action {
        @Override
        public boolean isLong() {
            return false;
        }
    }

    /** Waits until a terminal has a line with some words, which the reader is not shown. */
    record Await(int line, String terminal, String words) implements Action {
        @Override
        public boolean isLong() {
            return false;
        }
    }
}
