package io.ghostworks.server.cli;

import io.ghostworks.config.ConfigException;
import io.ghostworks.server.wiring.StartException;
import io.ghostworks.state.StateException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands and how their failures are told. */
@Command(
    name = "ghostworks",
    mixinStandardHelpOptions = true,
    version = "ghostworks 0.1.0-SNAPSHOT",
    description = "An observability stack in one process.",
    subcommands = {
      ServeCommand.class,
      CheckCommand.class,
      TestCommand.class,
      ConformanceCommand.class,
      QueryCommand.class,
      LogsCommand.class,
      TracesCommand.class,
      TraceCommand.class,
      ImportCommand.class,
      RulesCommand.class,
      AlertsCommand.class,
      SilencesCommand.class,
      SnapshotCommand.class,
      RestoreCommand.class
    })
public final class CommandLine implements Runnable {

  @Spec private CommandSpec spec;

  CommandLine() {}

  /** Runs a command and returns the exit status. */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    picocli.CommandLine commands = new picocli.CommandLine(new CommandLine());
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    commands.setExecutionExceptionHandler((exception, command, parsed) -> {
      if (exception instanceof ConfigException refused) {
        refused.errors().forEach(error -> command.getErr().println(error));
        return 1;
      }
      if (exception instanceof StartException || exception instanceof StateException) {
        command.getErr().println("ghostworks: " + exception.getMessage());
        return 1;
      }
      exception.printStackTrace(command.getErr());
      return 1;
    });
    return commands.execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed, for example 'serve'");
  }
}
