package org.naivechain.cli;

import static java.util.stream.Collectors.joining;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code naivechain}. */
public final class Main {
    private Main() {}

    /** Runs the program and ends the JVM with its exit status: 0 for success, 1 for a failure, 2 for wrong usage. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new NodeCommand());
        // -p, -pid, and -pport live together only if -pid is not taken for -p id.
        line.setPosixClusteredShortOptionsAllowed(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // --consensus stake is no command.
        line.setAllowSubcommandsAsOptionParameters(true);
        // The commands of learn are known where it hands over to, and so is their help.
        CommandSpec learn = line.getSubcommands().get("learn").getCommandSpec();
        learn.remove(learn.findOption("--help"));
        line.setParameterExceptionHandler((exception, typed) -> {
            CommandLine wrong = exception.getCommandLine();
            String help = "; see ./" + wrong.getCommandSpec().qualifiedName() + " --help";
            say(wrong, exception.getMessage() + near(exception) + help);
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((exception, failed, parsed) -> {
            say(failed, exception.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    /** {@return what an unknown option or command may be meant to be, in parentheses; nothing if that cannot be guessed} */
    public static String near(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            return unmatched.getSuggestions().stream().sorted().collect(joining(", ", " (did you mean ", "?)"));
        }
        return "";
    }

    private static void say(CommandLine line, String message) {
        CommandSpec top = line.getCommandSpec().root();
        line.getErr().println(top.name() + ": " + message.replaceAll("\\s*\\R\\s*", " "));
        line.getErr().flush();
    }
}
