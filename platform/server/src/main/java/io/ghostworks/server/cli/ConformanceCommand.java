package io.ghostworks.server.cli;

import io.ghostworks.config.conformance.ConformanceKind;
import io.ghostworks.config.conformance.ConformanceRun;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code conformance}: runs published test data. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    description = "Runs published test data against the platform's own code.")
final class ConformanceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "KIND")
  private String kind = "";

  @Parameters(index = "1", paramLabel = "PATH")
  private Path path = Path.of("");

  @Override
  public Integer call() throws Exception {
    Map<String, ConformanceKind> kinds = new TreeMap<>();
    for (ConformanceKind each : ConformanceKinds.all()) {
      kinds.put(each.name(), each);
    }
    ConformanceKind chosen = kinds.get(kind);
    if (chosen == null) {
      throw new ParameterException(
          spec.commandLine(),
          "the kind must be one of %s, got '%s'"
              .formatted(String.join(", ", kinds.keySet()), kind));
    }
    if (!Files.exists(path)) {
      throw new ParameterException(
          spec.commandLine(), "there is no file or folder '%s'".formatted(path));
    }
    ConformanceRun run = ConformanceRun.of(chosen, path);
    var text = new java.io.ByteArrayOutputStream();
    run.print(new PrintStream(text, true, java.nio.charset.StandardCharsets.UTF_8));
    spec.commandLine().getOut().print(text.toString(java.nio.charset.StandardCharsets.UTF_8));
    spec.commandLine().getOut().flush();
    return run.exitStatus();
  }
}
