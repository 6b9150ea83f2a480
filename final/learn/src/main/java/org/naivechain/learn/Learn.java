package org.naivechain.learn;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.naivechain.cli.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code naivechain learn}. */
@Command(
        name = "learn",
        description = "Exercises: you write the heart of each layer, and are told whether it is right.",
        footer = {"", "EXERCISE is a number such as 2.3, or words of its title. Without it the one you are at is meant."
        })
public final class Learn implements Callable<Integer> {
    private static final boolean HAS_SIGNS =
            Charset.defaultCharset().newEncoder().canEncode('✓');
    private static final String DONE = HAS_SIGNS ? "✓" : "+";
    private static final String WRONG = HAS_SIGNS ? "✗" : "x";
    private static final String UNDER_WAY = HAS_SIGNS ? "→" : ">";
    private static final String FULL = HAS_SIGNS ? "█" : "#";
    private static final String EMPTY = HAS_SIGNS ? "░" : ".";
    private static final Pattern NO_SENTENCE =
            Pattern.compile("(?s).*\\(\\)|\\w+\\(\\S*\\)|\\[\\d+].*|repetition \\d+ of \\d+");
    private static final int BAR = 10;
    private static final long MILLIS_BETWEEN_LOOKS = 200;

    private final Path home;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    private Learn(Path home) {
        this.home = home;
    }

    /**
     * Runs the command.
     *
     * @param home the folder of the course
     * @param arguments what was typed behind {@code learn}
     * @return the exit status: 0 for success, 1 for a failure, 2 for wrong usage
     */
    public static int run(String home, String... arguments) {
        CommandLine line = new CommandLine(new Learn(Path.of(home)));
        line.setCommandName("naivechain learn");
        line.setParameterExceptionHandler((exception, typed) -> {
            line.getErr()
                    .println("naivechain: " + exception.getMessage() + Main.near(exception) + "; see ./"
                            + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((exception, failed, parsed) -> {
            if (!(exception instanceof LearnException)) {
                throw exception;
            }
            line.getErr().println("naivechain: " + exception.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        // What comes after the name of run's options is the node's.
        line.getSubcommands().get("run").setUnmatchedArgumentsAllowed(true).setStopAtUnmatched(true);
        return line.execute(arguments);
    }

    /** The parts that the commands share. */
    private final class Desk {
        private final Course course = new Course(home);
        private final Workspace workspace = new Workspace(
                Optional.ofNullable(System.getenv("NAIVECHAIN_WORKSPACE"))
                        .map(Path::of)
                        .orElse(home.resolve("workspace")),
                course);
        private final Progress progress;

        Desk() {
            Java.requireCompiler();
            progress = new Progress(workspace.internal().resolve("progress.json"), Learn.this::say);
        }

        Exercise find(String wanted) {
            return wanted != null
                    ? course.find(wanted)
                    : current()
                            .orElseThrow(() -> new LearnException("no exercise is begun: ./naivechain learn start "
                                    + next().map(Exercise::id).orElse("1.1")));
        }

        /** The exercise that was begun last and is not solved. */
        Optional<Exercise> current() {
            return course.exercises().stream()
                    .filter(each ->
                            progress.of(each).isStarted() && !progress.of(each).isSolved())
                    .max(Comparator.comparing(
                            each -> progress.of(each).started().orElseThrow()));
        }

        Optional<Exercise> next() {
            return current()
                    .or(() -> course.exercises().stream()
                            .filter(each -> !progress.of(each).isSolved())
                            .findFirst());
        }

        /** What comes behind an exercise, and is not solved; at the end of the course, what was left out. */
        Optional<Exercise> after(Exercise exercise) {
            int here = course.exercises().indexOf(exercise);
            return Stream.concat(
                            course.exercises().stream().skip(here + 1L),
                            course.exercises().stream().limit(here))
                    .filter(each -> !progress.of(each).isSolved())
                    .findFirst();
        }

        /** The class of an exercise for a node: all that is not begun is the course's. */
        Compilation.Source source(Exercise exercise) {
            return new Compilation.Source(
                    workspace.shown(workspace.file(exercise)), workspace.filled(exercise, Optional.empty()));
        }

        /** Notes that an exercise was begun, with the class that the course has now. */
        void begin(Exercise exercise) {
            progress.change(exercise, state -> state.begun(Instant.now(), workspace.fingerprint(exercise)));
        }

        boolean check(Exercise exercise) {
            String text = workspace.read(exercise);
            Progress.State state = progress.of(exercise);
            if (state.isStarted() && !state.course().equals(workspace.fingerprint(exercise))) {
                say("The course's " + exercise.simpleName()
                        + " has changed since you began. Yours is checked as it is; \n" + "./naivechain learn update "
                        + exercise.id() + " puts your methods into the new one.\n");
            }
            Check.Outcome outcome = new Check(workspace, Java.libraries(home)).run(exercise);
            boolean passed = outcome instanceof Check.Outcome.Judged judged
                    && judged.judgement().passed();
            if (!workspace.read(exercise).equals(text)) {
                say("Your file was saved while it was checked: check it again.");
                return false;
            }
            boolean first = passed && !state.isSolved();
            progress.change(exercise, before -> before.checked(passed, Instant.now()));
            show(exercise, outcome);
            if (passed) {
                say("");
                say(color("bold,green", exercise.id() + " is solved.")
                        + (first && state.solution() ? " (You had seen the solution.)" : ""));
                after(exercise)
                        .ifPresentOrElse(
                                each -> say("Next: " + each.id() + " " + each.title() + "  ./naivechain learn start "
                                        + each.id()),
                                () -> say(
                                        "That was the last one. ./naivechain learn run -p 15001 starts a node on your classes."));
            } else {
                Progress.State now = progress.of(exercise);
                say("");
                say("Not yet. " + now.hints() + " of " + exercise.hints().size()
                        + " hints seen: ./naivechain learn hint " + exercise.id());
            }
            return passed;
        }
    }

    private void say(String text) {
        PrintWriter out = spec.root().commandLine().getOut();
        out.println(text);
        out.flush();
    }

    private String color(String style, String text) {
        return Ansi.AUTO.string("@|" + style + " " + text.replace("|", "\\|") + "|@");
    }

    /** Shows the map of the course. */
    @Override
    public Integer call() {
        Desk desk = new Desk();
        for (int chapter : desk.course.chapters()) {
            List<Exercise> exercises = desk.course.of(chapter);
            long solved = exercises.stream()
                    .filter(each -> desk.progress.of(each).isSolved())
                    .count();
            int filled = (int) (solved * BAR / exercises.size());
            say(color(
                    "bold",
                    "%2d  %-24s %s  %d of %d"
                            .formatted(
                                    chapter,
                                    Course.title(chapter),
                                    FULL.repeat(filled) + EMPTY.repeat(BAR - filled),
                                    solved,
                                    exercises.size())));
            for (Exercise each : exercises) {
                Progress.State state = desk.progress.of(each);
                String sign =
                        state.isSolved() ? color("green", DONE) : state.isStarted() ? color("yellow", UNDER_WAY) : " ";
                say("      %s %-5s %-46s %3d min%s%s"
                        .formatted(
                                sign,
                                each.id(),
                                each.title(),
                                each.minutes(),
                                each.lab() ? "  fault lab" : "",
                                state.isStarted() && !state.isSolved()
                                        ? "  begun, " + state.checks() + " checks"
                                        : ""));
            }
        }
        say("");
        desk.next()
                .ifPresentOrElse(
                        each -> say("Next: ./naivechain learn "
                                + (desk.progress.of(each).isStarted() ? "check " : "start ") + each.id() + "  ("
                                + each.title() + ")"),
                        () -> say("All solved. ./naivechain learn run -p 15001 starts a node on your classes."));
        return 0;
    }

    @Command(description = "Gives you an exercise: the class, without what you are to write.")
    private int start(@Parameters(paramLabel = "EXERCISE", arity = "0..1") String wanted) {
        Desk desk = new Desk();
        Exercise exercise = wanted == null
                ? desk.next().orElseThrow(() -> new LearnException("all exercises are solved"))
                : desk.course.find(wanted);
        desk.workspace.alone(() -> {
            if (desk.progress.of(exercise).isStarted() && desk.workspace.holds(exercise)) {
                say("You have begun " + exercise.id() + "; your file is as you left it. To begin anew:"
                        + " ./naivechain learn reset " + exercise.id());
            } else {
                desk.workspace.give(exercise).ifPresent(this::sayKept);
                desk.begin(exercise);
            }
        });
        show(desk, exercise);
        return 0;
    }

    @Command(description = "Shows the task of an exercise again.")
    private int show(@Parameters(paramLabel = "EXERCISE", arity = "0..1") String wanted) {
        Desk desk = new Desk();
        show(desk, desk.find(wanted));
        return 0;
    }

    @Command(description = "Tells whether what you wrote is right.")
    private int check(@Parameters(paramLabel = "EXERCISE", arity = "0..1") String wanted) {
        Desk desk = new Desk();
        Exercise exercise = desk.find(wanted);
        return desk.workspace.alone(() -> desk.check(exercise)) ? 0 : 1;
    }

    @Command(description = "Checks at every save, until you end it with Ctrl+C or the exercise is solved.")
    private int watch(@Parameters(paramLabel = "EXERCISE", arity = "0..1") String wanted) throws InterruptedException {
        Desk desk = new Desk();
        Exercise exercise = desk.find(wanted);
        Path file = desk.workspace.file(exercise);
        Optional<FileTime> checked = Optional.empty();
        while (true) {
            Optional<FileTime> saved = saved(file);
            if (saved.isPresent() && !saved.equals(checked)) {
                checked = saved;
                if (desk.workspace.alone(() -> desk.check(exercise))) {
                    return 0;
                }
                say("Watching " + desk.workspace.shown(file) + " ...");
            }
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    /** Some editors remove a file for a moment while they save it. */
    private static Optional<FileTime> saved(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Command(description = "Gives a hint, one more each time.")
    private int hint(@Parameters(paramLabel = "EXERCISE", arity = "0..1") String wanted) {
        Desk desk = new Desk();
        Exercise exercise = desk.find(wanted);
        desk.workspace.alone(() -> {
            if (desk.progress.of(exercise).hints() < exercise.hints().size()) {
                desk.progress.change(exercise, Progress.State::hinted);
            }
        });
        int seen = desk.progress.of(exercise).hints();
        for (int i = 0; i < seen; i++) {
            say(color("bold", "Hint " + (i + 1) + " of " + exercise.hints().size()));
            say(exercise.hints().get(i) + "\n");
        }
        if (seen == exercise.hints().size()) {
            say("There are no more. ./naivechain learn solution " + exercise.id() + " shows how the course does it.");
        }
        return 0;
    }

    @Command(description = "Writes the course's own methods into your class; yours is kept beside it.")
    private int solution(
            @Parameters(paramLabel = "EXERCISE", arity = "0..1") String wanted,
            @Option(names = "--now", description = "Also before you have tried.") boolean now) {
        Desk desk = new Desk();
        Exercise exercise = desk.find(wanted);
        if (desk.progress.of(exercise).checks() == 0 && !now) {
            throw new LearnException("try it first: ./naivechain learn check " + exercise.id()
                    + ", and ./naivechain learn hint " + exercise.id() + "; --now shows the solution all the same");
        }
        JavaSource real = desk.course.real(exercise);
        desk.workspace.alone(() -> {
            desk.workspace.solve(exercise).ifPresent(this::sayKept);
            if (!desk.progress.of(exercise).isStarted()) {
                desk.begin(exercise);
            }
            desk.progress.change(exercise, Progress.State::shownSolution);
        });
        exercise.methods().forEach(method -> say(real.shown(method) + "\n"));
        say("It is in " + desk.workspace.shown(desk.workspace.file(exercise)) + " now.");
        return 0;
    }

    @Command(description = "Begins an exercise anew; what you wrote is kept beside it.")
    private int reset(@Parameters(paramLabel = "EXERCISE", arity = "0..1") String wanted) {
        Desk desk = new Desk();
        Exercise exercise = desk.find(wanted);
        desk.workspace.alone(() -> {
            desk.workspace.give(exercise).ifPresent(this::sayKept);
            desk.begin(exercise);
        });
        say(exercise.id() + " is as it was at its beginning: " + desk.workspace.shown(desk.workspace.file(exercise)));
        return 0;
    }

    @Command(description = "Puts your methods into the class that the course has now; yours is kept beside it.")
    private int update(@Parameters(paramLabel = "EXERCISE", arity = "0..1") String wanted) {
        Desk desk = new Desk();
        Exercise exercise = desk.find(wanted);
        desk.workspace.alone(() -> {
            desk.workspace.renew(exercise).ifPresent(this::sayKept);
            desk.begin(exercise);
        });
        say("Your methods are in the course's " + exercise.simpleName() + " of today: "
                + desk.workspace.shown(desk.workspace.file(exercise)));
        return 0;
    }

    /**
     * A line of a report.
     *
     * @param state new, begun, solved, or solved after the solution was seen
     */
    private record Line(
            String title, String state, int checks, int hints, Optional<Instant> started, Optional<Instant> solved) {}

    @Command(description = "Tells how far you are, for a teacher.")
    private int report(
            @Option(names = "--json", description = "As JSON.") boolean json,
            @Option(names = "--name", paramLabel = "NAME", description = "Whose report it is.", defaultValue = "")
                    String name) {
        Desk desk = new Desk();
        Map<String, Line> lines = new LinkedHashMap<>();
        for (Exercise each : desk.course.exercises()) {
            Progress.State state = desk.progress.of(each);
            lines.put(
                    each.id(),
                    new Line(
                            each.title(),
                            !state.isStarted()
                                    ? "new"
                                    : !state.isSolved()
                                            ? "begun"
                                            : state.solution() ? "solved with the solution" : "solved",
                            state.checks(),
                            state.hints(),
                            state.started(),
                            state.solved()));
        }
        long solved = lines.values().stream()
                .filter(line -> line.solved().isPresent())
                .count();
        if (json) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("name", name);
            report.put("solved", solved);
            report.put("exercises", lines);
            say(Progress.json(report));
        } else {
            say((name.isEmpty() ? "" : name + ": ") + solved + " of " + lines.size() + " exercises are solved");
            lines.forEach((id, line) -> say("%-5s %-46s %-25s %d checks, %d hints"
                    .formatted(id, line.title(), line.state(), line.checks(), line.hints())));
        }
        return 0;
    }

    @Command(
            description =
                    "Starts a node on your classes; what you have not written is the course's. Options are a node's.",
            footer = {"", "Example: ./naivechain learn run -p 15001"})
    private int run() throws IOException, ReflectiveOperationException {
        Desk desk = new Desk();
        List<Path> libraries = Java.libraries(home);
        Path classes = desk.workspace.internal().resolve("node");
        Map<Exercise, Compilation.Source> used = new LinkedHashMap<>();
        desk.workspace.classes().forEach(each -> used.put(each, desk.source(each)));
        List<String> errors = Compilation.of(used.values(), classes, libraries).errors();
        if (!errors.isEmpty()) {
            used.values().removeIf(source -> isBroken(source, classes, libraries));
            errors = Compilation.of(used.values(), classes, libraries).errors();
        }
        if (used.isEmpty()) {
            throw new LearnException("there is nothing of yours to run on: ./naivechain learn start 1.1");
        }
        if (!errors.isEmpty()) {
            throw new LearnException("your classes do not compile together: " + errors.get(0));
        }
        say(used.keySet().stream()
                .map(each -> each.simpleName() + " (" + each.id() + ")")
                .collect(joining(", ", "A node on your ", "; the rest is the course's.")));
        return node(classes, spec.subcommands().get("run").getUnmatchedArguments());
    }

    private boolean isBroken(Compilation.Source source, Path classes, List<Path> libraries) {
        List<String> errors =
                Compilation.of(List.of(source), classes, libraries).errors();
        if (!errors.isEmpty()) {
            say("Not used, as it does not compile: " + source.shown() + "\n" + errors.get(0));
        }
        return !errors.isEmpty();
    }

    /** Runs the node in this program, with classes before those of the course; it ends the program. */
    private int node(Path classes, List<String> arguments) throws IOException, ReflectiveOperationException {
        Path program = home.resolve("final/target/naivechain.jar");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL(), program.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            loader.loadClass("org.naivechain.cli.Main")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments.toArray(String[]::new));
            return 0;
        }
    }

    private void sayKept(Path kept) {
        say("What was there is kept as " + kept.getFileName() + ".");
    }

    private void show(Desk desk, Exercise exercise) {
        JavaSource own = JavaSource.parse(desk.workspace.holds(exercise) ? desk.workspace.read(exercise) : "");
        say(color("bold", exercise.id() + "  " + exercise.title()) + "  (" + exercise.minutes() + " min"
                + (exercise.lab() ? ", fault lab)" : ")"));
        say("");
        say(exercise.task());
        say("");
        if (desk.workspace.holds(exercise)) {
            say("Your file:  " + desk.workspace.shown(desk.workspace.file(exercise))
                    // In a fault lab the reader looks for the place.
                    + (exercise.lab()
                            ? ""
                            : own.line(exercise.methods().get(0))
                                    .map(line -> ":" + line)
                                    .orElse("")));
            List<Exercise> others = desk.course.ofClass(exercise.type()).stream()
                    .filter(other -> !other.id().equals(exercise.id()))
                    .toList();
            if (!others.isEmpty()) {
                say(
                        "            (Other exercises are about this class, too. Until you have done them, what they ask you to write is missing there"
                                + (others.stream().anyMatch(Exercise::lab)
                                        ? ", and what they ask you to find is wrong there"
                                        : "")
                                + "; in this check the course's own code takes its place.)");
            }
            say("Then:       ./naivechain learn check " + exercise.id() + "   (or: watch, hint)");
        } else {
            say("Begin:      ./naivechain learn start " + exercise.id());
        }
    }

    private void show(Exercise exercise, Check.Outcome outcome) {
        say(color("bold", exercise.id() + "  " + exercise.title()));
        List<String> printed = List.of();
        if (outcome instanceof Check.Outcome.DoesNotCompile wrong) {
            say("\n" + color("red", "It does not compile:"));
            wrong.errors().forEach(error -> say("\n" + error));
        } else if (outcome instanceof Check.Outcome.Ended ended) {
            say("\n" + color("red", WRONG) + " " + ended.reason());
            printed = ended.printed();
        } else if (outcome instanceof Check.Outcome.Judged judged) {
            say("");
            List<Judgement.Result> results = judged.judgement().results();
            results.stream().filter(result -> !isQuiet(result)).forEach(this::show);
            long quiet = results.stream().filter(Learn::isQuiet).count();
            if (quiet > 0) {
                say("  " + color("green", DONE) + " " + quiet + " tests of " + exercise.simpleName() + "'s module");
            }
            printed = judged.printed();
        }
        if (!printed.isEmpty()) {
            say("\nPrinted meanwhile:");
            printed.forEach(line -> say("  " + line));
        }
    }

    /** What the checks try has a sentence for a name; other names say nothing new when they pass. */
    private static boolean isQuiet(Judgement.Result result) {
        return result.failure().isEmpty() && NO_SENTENCE.matcher(result.test()).matches();
    }

    private void show(Judgement.Result result) {
        say("  " + (result.failure().isEmpty() ? color("green", DONE) : color("red", WRONG)) + " " + result.test());
        result.failure().ifPresent(failure -> failure.lines().forEach(line -> say("      " + line)));
    }
}
