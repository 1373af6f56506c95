package keel.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command line of Keel: `keel --help` lists what it does.
///
/// Exit codes: 0 done, 1 the work failed, 2 the command line was wrong. A failure is one line on standard error;
/// `--debug` adds the stack trace.
@Command(name = "keel", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, scope = ScopeType.INHERIT,
        description = "Trains networks that break, mends them, and shows why; and measures how fast the arithmetic is.")
public final class Main implements Runnable {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    private boolean debug;

    /// Runs the command line and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /// Runs the command line and returns its exit code, without ending the process.
    public static int run(String... args) {
        var main = new Main();
        return new CommandLine(main)
                .setExecutionExceptionHandler((failure, command, _) -> main.report(failure, command))
                .execute(args);
    }

    /// Without a subcommand there is nothing to do but to say what there is.
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    private int report(Exception failure, CommandLine command) {
        var message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        command.getErr().println("keel: " + message);
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
