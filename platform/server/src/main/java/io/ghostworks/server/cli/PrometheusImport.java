package io.ghostworks.server.cli;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.tsdb.DamagedBlockException;
import io.ghostworks.wire.tsdb.PrometheusBlock;
import io.ghostworks.wire.tsdb.PrometheusLog;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a Prometheus data directory into an upload: its blocks, then what its log holds beside
 * them. A Prometheus that runs may cut its log and merge blocks meanwhile: then blocks and log are
 * listed anew, new blocks are read, and the log again. Samples may be given more than once.
 */
final class PrometheusImport {
  private static final int LISTINGS_MAX = 5;

  private final Path directory;
  private final HistoryUpload upload;
  private final PrintWriter err;
  private final Set<Path> done = new HashSet<>();
  private boolean whole = true;

  PrometheusImport(Path directory, HistoryUpload upload, PrintWriter err) {
    this.directory = directory;
    this.upload = upload;
    this.err = err;
  }

  /** Whether the directory has neither blocks nor a log. */
  boolean isEmpty() throws IOException {
    return PrometheusBlock.find(directory).isEmpty() && PrometheusLog.of(directory).isEmpty();
  }

  /** Reads all there is, and answers whether that succeeded; what is left out was named then. */
  boolean read() throws IOException {
    for (int listing = 1; ; listing++) {
      try {
        readListed();
        return whole;
      } catch (NoSuchFileException e) {
        if (listing == LISTINGS_MAX) {
          err.println(
              "%s was removed while it was to be read, after %d listings: not all is imported;"
                      .formatted(e.getMessage(), listing)
                  + " import again, or import a snapshot of this Prometheus");
          return false;
        }
        err.println(
            "%s was removed meanwhile: blocks and log are listed anew".formatted(e.getMessage()));
      }
    }
  }

  private void readListed() throws IOException {
    // The log comes first: what leaves it after this is in a block, and a missing segment is seen.
    PrometheusLog log = PrometheusLog.of(directory);
    List<Path> blocks =
        PrometheusBlock.find(directory).stream().filter(path -> !done.contains(path)).toList();
    for (int i = 0; i < blocks.size(); i++) {
      block(blocks.get(i), "%d of %d".formatted(i + 1, blocks.size()));
      done.add(blocks.get(i));
    }
    log(log);
  }

  private void block(Path path, String which) throws IOException {
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
    } catch (DamagedBlockException | NoSuchFileException | FileNotFoundException e) {
      if (!Files.exists(path.resolve("meta.json"))) { // merged into another one
        NoSuchFileException removed = new NoSuchFileException(path.toString());
        removed.initCause(e);
        throw removed;
      }
      err.println("block %s, %s skipped: %s".formatted(which, path.getFileName(), e.getMessage()));
      whole = false;
    }
  }

  private void log(PrometheusLog log) throws IOException {
    if (log.isEmpty()) {
      return;
    }
    long before = upload.samples();
    try {
      log.read(upload);
      err.println("log: %d samples".formatted(upload.samples() - before));
    } catch (DamagedBlockException e) {
      err.println(
          "log: %d samples, what follows is skipped: %s"
              .formatted(upload.samples() - before, e.getMessage()));
      whole = false;
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
