package io.ghostworks.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: brings the history of other programs into a running server. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Brings history of other programs into a running server.")
final class ImportCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "what to import is needed: prometheus DIRECTORY");
  }

  /**
   * Imports a Prometheus data directory or snapshot: its blocks, then what its log holds beside
   * them. A damaged block is named and skipped, of a damaged log what follows the damage, and the
   * exit status is then 1; an import may be repeated.
   */
  @Command(
      name = "prometheus",
      mixinStandardHelpOptions = true,
      description = {
        "Imports a Prometheus data directory, or a snapshot: its blocks, and what is only in its"
            + " write-ahead log.",
        "A directory of a Prometheus that runs may be given: what it writes meanwhile is left out."
      })
  int prometheus(@Mixin ServerAddress server, @Parameters(paramLabel = "DIRECTORY") Path directory)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new ParameterException(
          spec.commandLine(), "there is no directory '%s'".formatted(directory));
    }
    PrintWriter err = spec.commandLine().getErr();
    HistoryUpload upload = new HistoryUpload(server);
    PrometheusImport source = new PrometheusImport(directory, upload, err);
    if (source.isEmpty()) {
      err.println("%s has no blocks and no log".formatted(directory));
      return 1;
    }
    boolean whole;
    try {
      whole = source.read();
      upload.send();
    } catch (HistoryUpload.UploadException e) {
      err.println("import error: " + e.getMessage());
      return 1;
    }
    String refused = upload.refused();
    if (refused != null) {
      err.println("refused by the server, all else is stored: " + refused);
    }
    spec.commandLine().getOut().println("%d samples sent".formatted(upload.samples()));
    return whole && refused == null ? 0 : 1;
  }
}
