package io.ghostworks.server.cli;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.tsdb.DamagedBlockException;
import io.ghostworks.wire.tsdb.PrometheusBlock;
import io.ghostworks.wire.tsdb.PrometheusLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
    List<Path> blocks = PrometheusBlock.find(directory);
    PrometheusLog log = PrometheusLog.of(directory);
    if (blocks.isEmpty() && log.isEmpty()) {
      err.println("%s has no blocks and no log".formatted(directory));
      return 1;
    }
    HistoryUpload upload = new HistoryUpload(server);
    boolean whole = true;
    try {
      for (int i = 0; i < blocks.size(); i++) {
        whole &= block(blocks.get(i), "%d of %d".formatted(i + 1, blocks.size()), upload, err);
      }
      whole &= log(log, upload, err);
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

  private static boolean block(Path path, String which, HistoryUpload upload, PrintWriter err)
      throws IOException {
    try {
      PrometheusBlock block = PrometheusBlock.open(path);
      block.read(NOWHERE); // All of it is read before any of it is sent.
      err.println(
          "block %s, %s: %s to %s, %d samples"
              .formatted(
                  which,
                  path.getFileName(),
                  Instant.ofEpochMilli(block.startMs()),
                  Instant.ofEpochMilli(block.endMs()),
                  block.samples()));
      block.read(upload);
      return true;
    } catch (DamagedBlockException | java.nio.file.NoSuchFileException e) {
      err.println("block %s, %s skipped: %s".formatted(which, path.getFileName(), e.getMessage()));
      return false;
    }
  }

  private static boolean log(PrometheusLog log, HistoryUpload upload, PrintWriter err)
      throws IOException {
    if (log.isEmpty()) {
      return true;
    }
    long before = upload.samples();
    try {
      log.read(upload);
      err.println("log: %d samples".formatted(upload.samples() - before));
      return true;
    } catch (DamagedBlockException e) {
      err.println(
          "log: %d samples, what follows is skipped: %s"
              .formatted(upload.samples() - before, e.getMessage()));
      return false;
    }
  }

  private static final PrometheusBlock.Sink NOWHERE =
      new PrometheusBlock.Sink() {
        @Override
        public void series(Labels labels) {}

        @Override
        public void sample(long timestampMs, long valueBits, long startMs) {}

        @Override
        public void sample(long timestampMs, FloatHistogram histogram, long startMs) {}
      };
}
