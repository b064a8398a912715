package io.ghostworks.server.cli;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.tsdb.DamagedBlockException;
import io.ghostworks.wire.tsdb.PrometheusBlock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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
   * Imports a Prometheus data directory or snapshot. A damaged block is named and skipped, and the
   * exit status is then 1; an import may be repeated.
   */
  @Command(
      name = "prometheus",
      mixinStandardHelpOptions = true,
      description = {
        "Imports the blocks of a Prometheus data directory, or of a snapshot.",
        "What Prometheus has not yet written into blocks (its head and write-ahead log) is not"
            + " read:",
        "make a snapshot with POST /api/v1/admin/tsdb/snapshot there and import its directory."
      })
  int prometheus(@Mixin ServerAddress server, @Parameters(paramLabel = "DIRECTORY") Path directory)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new ParameterException(
          spec.commandLine(), "there is no directory '%s'".formatted(directory));
    }
    PrintWriter err = spec.commandLine().getErr();
    List<Path> blocks = PrometheusBlock.find(directory);
    boolean log = hasLog(directory);
    if (log) {
      err.println(
          "warning: %s holds samples that are in no block yet, and they are not imported: make a snapshot (POST /api/v1/admin/tsdb/snapshot) and import that"
              .formatted(directory.resolve("wal")));
    }
    if (blocks.isEmpty()) {
      err.println("%s has no blocks".formatted(directory));
      return 1;
    }
    HistoryUpload upload = new HistoryUpload(server);
    boolean whole = true;
    try {
      for (int i = 0; i < blocks.size(); i++) {
        whole &= block(blocks.get(i), "%d of %d".formatted(i + 1, blocks.size()), upload, err);
      }
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

  private static boolean hasLog(Path directory) throws IOException {
    Path log = directory.resolve("wal");
    if (!Files.isDirectory(log)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(log)) {
      return entries.findAny().isPresent();
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
