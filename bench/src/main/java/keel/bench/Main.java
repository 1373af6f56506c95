package keel.bench;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import keel.bench.lab.LabCommand;
import keel.bench.speed.BenchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line of Keel: `keel --help` lists what it does.
///
/// Exit codes: 0 done, 1 the work failed, 2 the command line was wrong. A failure is one line on standard error;
/// `--debug` adds the stack trace.
@Command(name = "keel", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, scope = ScopeType.INHERIT,
        subcommands = {LabCommand.class, BenchCommand.class},
        description = "Trains networks that break, mends them, and shows why; and measures how fast the arithmetic is.")
public final class Main implements Runnable {
    private static final int WIDTH = 118;

    @Spec private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    private boolean debug;

    /// Runs the command line and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /// Runs the command line and returns its exit code, without ending the process.
    public static int run(String... args) {
        return run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
    }

    /// The same, printing elsewhere.
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        var main = new Main();
        var command = new CommandLine(main).setUsageHelpWidth(WIDTH).setOut(out).setErr(err);
        command.setParameterExceptionHandler((wrong, _) -> main.refuse(wrong));
        command.setExecutionExceptionHandler((failure, at, _) -> main.report(failure, at));
        try {
            return command.execute(args);
        } catch (OutOfMemoryError e) {
            return main.report(new IllegalStateException("out of memory (" + e.getMessage()
                + "); give smaller numbers, or more memory with JAVA_TOOL_OPTIONS=-Xmx…g", e), command);
        }
    }

    /// Without a subcommand there is nothing to do but to say what there is.
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private int refuse(ParameterException wrong) {
        var command = wrong.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        var message = wrong.getMessage();
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()) {
            message += unmatched.getSuggestions().stream().collect(Collectors.joining(", ", "; did you mean ", "?"));
        }
        // Whatever an argument held, what is said about it stays one line.
        message = message.replaceAll("\\s*\\R\\s*", " ");
        command.getErr().println(name + ": " + message + (message.contains(";") ? "" : "; see " + name + " --help"));
        if (debug) wrong.printStackTrace(command.getErr());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private int report(Exception failure, CommandLine command) {
        var message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message.replaceAll("\\s*\\R\\s*", " "));
        if (debug) failure.printStackTrace(command.getErr());
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /// The version of Keel, and of the Java it runs on.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"keel " + (version == null ? "(unpackaged)" : version) + ", Java " + Runtime.version()};
        }
    }
}
