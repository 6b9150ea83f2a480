package org.naivechain.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the reader of a page does, in its order: the commands of its {@code console} blocks, and what comments between them say.
 * On the lines before a block may stand {@code terminal NAME}, {@code fails} (one of its commands), and {@code long}; anywhere {@code stop NAME} (Ctrl+C),
 * {@code kill NAME} (kill -9), {@code type NAME WORDS}, and {@code await NAME WORDS}, each in a comment of its own.
 */
record Script(Page page, List<Action> actions, List<Complaint> complaints) {
    private static final String PROMPT = "$ ";
    private static final Map<String, Pattern> MARKERS = Map.of(
            "terminal", Pattern.compile("terminal (\\w+)"),
            "fails", Pattern.compile("fails"),
            "long", Pattern.compile("long"),
            "stop", Pattern.compile("stop (\\w+)"),
            "kill", Pattern.compile("kill (\\w+)"),
            "type", Pattern.compile("type (\\w+) (.+)"),
            "await", Pattern.compile("await (\\w+) (.+)"));
    /** A program that runs on unseen would outlive the page. */
    private static final Pattern UNSEEN = Pattern.compile("[^&]&\\s*$");

    /** All that is typed. */
    List<String> commands() {
        return actions.stream()
                .filter(Action.Command.class::isInstance)
                .map(action -> ((Action.Command) action).typed())
                .toList();
    }

    boolean hasLongCommands() {
        return actions.stream().anyMatch(Action::isLong);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Script script && page.path().equals(script.page.path());
    }

    @Override
    public int hashCode() {
        return page.path().hashCode();
    }

    @Override
    public String toString() {
        return page.toString();
    }

    static Script of(Page page) {
        return new Reader(page).read();
    }

    /** Where the reading of a page has got to. */
    private static final class Reader {
        private final Page page;
        private final List<Action> actions = new ArrayList<>();
        private final List<Complaint> complaints = new ArrayList<>();
        /** Said of the next block. */
        private String terminal = Action.FIRST_TERMINAL;

        private boolean fails;
        private boolean isLong;
        private int marked;

        Reader(Page page) {
            this.page = page;
        }

        Script read() {
            for (Page.Part part : page.parts()) {
                if (part instanceof Page.Comment comment) {
                    marker(comment);
                } else if (part instanceof Page.Block block) {
                    if (block.language().equals("console")) {
                        commands(block);
                    } else {
                        refuseMarkers();
                    }
                    forgetMarkers();
                } else if (part instanceof Page.Text text && !text.text().isBlank()) {
                    refuseMarkers();
                    forgetMarkers();
                }
            }
            refuseMarkers();
            return new Script(page, actions, complaints);
        }

        private void marker(Page.Comment comment) {
            Pattern pattern = MARKERS.get(comment.text().split("\\s")[0]);
            if (pattern == null) {
                return;
            }
            Matcher marker = pattern.matcher(comment.text());
            if (!marker.matches()) {
                complaints.add(page.complaint(
                        comment.line(), "the comment is not understood; it must match: " + pattern.pattern()));
                return;
            }
            switch (comment.text().split("\\s")[0]) {
                case "terminal" -> terminal = marker.group(1);
                case "fails" -> fails = true;
                case "long" -> isLong = true;
                case "stop" -> act(new Action.Stop(comment.line(), marker.group(1), false));
                case "kill" -> act(new Action.Stop(comment.line(), marker.group(1), true));
                case "type" -> act(new Action.Type(comment.line(), marker.group(1), marker.group(2)));
                default -> act(new Action.Await(comment.line(), marker.group(1), marker.group(2)));
            }
            if (List.of("terminal", "fails", "long").contains(comment.text().split("\\s")[0])) {
                marked = comment.line();
            }
        }

        private void act(Action action) {
            actions.add(action);
        }

        private void refuseMarkers() {
            if (marked > 0) {
                complaints.add(page.complaint(
                        marked, "no console block follows this comment; put it on the line before the block's first"));
            }
        }

        private void forgetMarkers() {
            terminal = Action.FIRST_TERMINAL;
            fails = false;
            isLong = false;
            marked = 0;
        }

        private void commands(Page.Block block) {
            List<String> lines = block.lines();
            int i = printed(lines, 0);
            if (i > 0 && terminal.equals(Action.FIRST_TERMINAL)) {
                complaints.add(page.complaint(
                        block.line() + 1,
                        "a console block begins with a command, `$ ...`; what is not run stands in a text block, and what a command"
                                + " in another terminal prints next needs <!-- terminal NAME -->"));
            } else if (i > 0) {
                act(new Action.Look(block.line(), terminal, lines.subList(0, i), isLong));
            }
            while (i < lines.size()) {
                i = command(block, i);
            }
            if (fails) {
                act(new Action.Failed(block.line(), isLong));
            }
        }

        /** The end of what is printed from a line on. */
        private static int printed(List<String> lines, int from) {
            int end = from;
            while (end < lines.size() && !lines.get(end).startsWith(PROMPT)) {
                end++;
            }
            return end;
        }

        private int command(Page.Block block, int at) {
            List<String> lines = block.lines();
            int begin = at;
            while (lines.get(begin).endsWith("\\") && begin + 1 < lines.size()) {
                begin++;
            }
            begin++;
            String typed = String.join("\n", lines.subList(at, begin)).substring(PROMPT.length());
            int end = printed(lines, begin);
            int line = block.line() + 1 + at;
            if (UNSEEN.matcher(typed).find()) {
                complaints.add(page.complaint(line, "a program runs on unseen; give it a terminal, without the `&`"));
            }
            boolean mayRunOn = !terminal.equals(Action.FIRST_TERMINAL) && end == lines.size() && !fails;
            act(new Action.Command(
                    line,
                    terminal,
                    typed,
                    lines.subList(begin, end),
                    block.line() + 1 + begin,
                    fails,
                    mayRunOn,
                    isLong));
            return end;
        }
    }
}
