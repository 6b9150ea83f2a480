package org.naivechain.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page's commands, typed in by a machine in a folder: each must do what the page says. Closed, it leaves no program running. */
final class Session implements AutoCloseable {
    /** How long a command may take, a look at a terminal, and a program's end; and for how long what only reads is repeated. */
    record Patience(Duration usual, Duration ofLongCommands, Duration untilReadersReadIt) {}

    private static final int SHOWN_LINES = 12;
    /** What only reads is typed again until the answer is that of the page: readers type more slowly than this. */
    private static final Pattern READS =
            Pattern.compile("(curl|cat|grep|sqlite3|ls|wc|head|tail)\\b.*", Pattern.DOTALL);

    private static final Pattern CHANGES =
            Pattern.compile("(?i)\\s(-X|-d|--request|--data\\S*)\\b|\\b(update|insert|delete|begin|drop|vacuum)\\b|>");
    private static final Duration BETWEEN_READS = Duration.ofMillis(200);

    private final Script script;
    private final Path folder;
    private final Map<String, String> environment;
    private final Patience patience;
    private final PagePorts ports;
    private final PageIds ids = new PageIds();
    private final Map<String, Terminal> terminals = new LinkedHashMap<>();
    /** Since the last block in which one had to. */
    private boolean hasOneFailed;

    /** A command that was typed in a terminal, how much of its lines was looked at, and how many there were before the last act. */
    private static final class Terminal {
        final Typed typed;
        final String command;
        int seen;
        int before;

        Terminal(Typed typed, String command) {
            this.typed = typed;
            this.command = command;
        }

        List<String> unseen() {
            List<String> lines = typed.lines();
            return lines.subList(Math.min(seen, lines.size()), lines.size());
        }
    }

    Session(Script script, Path folder, Map<String, String> environment, Patience patience, PagePorts.Free freePorts) {
        this.script = script;
        this.folder = folder;
        this.environment = environment;
        this.patience = patience;
        this.ports = new PagePorts(script.commands(), freePorts);
    }

    /** Does all that the page says, or all but its long commands. */
    void run(boolean withLongCommands) throws IOException, InterruptedException {
        for (Action action : script.actions()) {
            if (withLongCommands || !action.isLong()) {
                act(action);
            }
        }
    }

    private void act(Action action) throws IOException, InterruptedException {
        if (action instanceof Action.Command command) {
            noteWhatWasPrinted();
            if (command.mayRunOn()) {
                start(command);
            } else {
                runToItsEnd(command);
            }
        } else if (action instanceof Action.Failed fails) {
            oneFailed(fails);
        } else if (action instanceof Action.Look look) {
            look(look);
        } else if (action instanceof Action.Stop stop) {
            noteWhatWasPrinted();
            stop(stop);
        } else if (action instanceof Action.Type type) {
            noteWhatWasPrinted();
            terminal(type, type.terminal()).typed.type(real(type.words()));
        } else if (action instanceof Action.Await await) {
            await(await);
        }
    }

    private void noteWhatWasPrinted() {
        terminals
                .values()
                .forEach(terminal -> terminal.before = terminal.typed.lines().size());
    }

    private String real(String text) {
        return ids.real(ports.real(text));
    }

    private Printed printed(List<String> lines) {
        return new Printed(lines.stream().map(ports::real).toList(), ports.inUse());
    }

    private Duration patience(Action action) {
        return action.isLong() ? patience.ofLongCommands() : patience.usual();
    }

    private void runToItsEnd(Action.Command command) throws IOException, InterruptedException {
        refuseTwoInOneTerminal(command);
        long end = System.nanoTime() + patience.untilReadersReadIt().toNanos();
        boolean mayRepeat = READS.matcher(command.typed()).matches()
                && !CHANGES.matcher(command.typed()).find();
        while (true) {
            try (Typed typed = new Typed(real(command.typed()), folder, environment, false)) {
                String trouble = trouble(command, typed);
                if (trouble.isEmpty()) {
                    return;
                }
                if (!mayRepeat || System.nanoTime() > end) {
                    throw failure(command, command.typed(), trouble);
                }
                synchronized (typed) {
                    typed.wait(BETWEEN_READS.toMillis());
                }
            }
        }
    }

    private String trouble(Action.Command command, Typed typed) throws InterruptedException {
        if (!typed.await(patience(command), typed::isAtEnd)) {
            return "it did not end within " + patience(command).toSeconds()
                    + " s; what keeps running needs <!-- terminal NAME -->\n" + last(typed.lines());
        }
        int status = typed.exitStatus();
        Printed printed = printed(command.printed());
        Printed.Match match = printed.all(typed.lines());
        if (!match.isMatch()) {
            return difference(command.printedLine(), printed, typed.lines(), match) + "its exit status: " + status;
        }
        match.ids().forEach(ids::saw);
        if (status != 0 && !command.fails()) {
            return "its exit status is " + status
                    + "; if it must fail, write <!-- fails --> on the line before the block";
        }
        hasOneFailed |= status != 0;
        return "";
    }

    private void oneFailed(Action.Failed fails) {
        if (!hasOneFailed) {
            throw failure(fails, "", "a command of this block must fail, says <!-- fails -->, and none did");
        }
        hasOneFailed = false;
    }

    private void refuseTwoInOneTerminal(Action.Command command) {
        Terminal terminal = terminals.get(command.terminal());
        if (terminal != null && !terminal.typed.isAtEnd()) {
            throw failure(
                    command,
                    command.typed(),
                    "in this terminal `" + terminal.command + "` still runs; write <!-- stop " + command.terminal()
                            + " --> before this block, or name another terminal");
        }
    }

    private void start(Action.Command command) throws IOException, InterruptedException {
        refuseTwoInOneTerminal(command);
        Typed typed = new Typed(real(command.typed()), folder, environment, true);
        Terminal terminal = new Terminal(typed, command.typed());
        terminals.put(command.terminal(), terminal);
        awaitPrinted(command, command.printedLine(), terminal, printed(command.printed()));
    }

    /** Other lines may have come before: logs go on while the reader is elsewhere. */
    private void look(Action.Look look) throws InterruptedException {
        List<String> lines =
                Stream.concat(Stream.of("..."), look.printed().stream()).toList();
        awaitPrinted(look, look.line(), terminal(look, look.terminal()), printed(lines));
    }

    private void awaitPrinted(Action action, int line, Terminal terminal, Printed printed) throws InterruptedException {
        boolean come = terminal.typed.await(
                patience(action), () -> printed.begin(terminal.unseen()).isMatch());
        Printed.Match match = printed.begin(terminal.unseen());
        if (!come) {
            throw failure(
                    action,
                    terminal.command,
                    difference(line, printed, terminal.unseen(), match)
                            + (terminal.typed.isAtEnd() ? "it has ended" : "it still runs"));
        }
        match.ids().forEach(ids::saw);
        terminal.seen += match.came();
    }

    private Terminal terminal(Action action, String name) {
        Terminal terminal = terminals.get(name);
        if (terminal == null) {
            throw failure(
                    action, "", "no command was typed in a terminal " + name + "; there are " + terminals.keySet());
        }
        return terminal;
    }

    private void stop(Action.Stop stop) throws IOException, InterruptedException {
        Terminal terminal = terminal(stop, stop.terminal());
        if (terminal.typed.isAtEnd()) {
            throw failure(stop, terminal.command, "it had ended by itself\n" + last(terminal.typed.lines()));
        }
        if (stop.atOnce()) {
            terminal.typed.kill();
        } else {
            terminal.typed.interrupt();
        }
        if (!terminal.typed.await(patience(stop), terminal.typed::isAtEnd)) {
            throw failure(stop, terminal.command, "it did not end\n" + last(terminal.typed.lines()));
        }
    }

    private void await(Action.Await await) throws InterruptedException {
        Terminal terminal = terminal(await, await.terminal());
        String words = real(await.words());
        if (!terminal.typed.await(
                patience(await),
                () -> terminal.typed.lines().stream().skip(terminal.before).anyMatch(line -> line.contains(words)))) {
            throw failure(await, terminal.command, "it did not print `" + words + "`\n" + last(terminal.typed.lines()));
        }
    }

    private static String difference(int printedLine, Printed printed, List<String> came, Printed.Match match) {
        return "from line " + (printedLine + match.expected()) + " on the page says (-) what did not come (+):\n"
                + printed.difference(came, match, SHOWN_LINES);
    }

    private static String last(List<String> lines) {
        return "  + " + String.join("\n  + ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    private AssertionError failure(Action action, String command, String words) {
        return new AssertionError(
                script.page().complaint(action.line(), (command.isEmpty() ? "" : "`" + real(command) + "`: ") + words));
    }

    @Override
    public void close() {
        terminals.values().forEach(terminal -> terminal.typed.close());
    }
}
