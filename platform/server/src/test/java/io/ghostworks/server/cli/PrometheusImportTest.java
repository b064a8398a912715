package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusImportTest {

  @TempDir private Path data;
  private final StringWriter told = new StringWriter();
  private int blocks;
  private int segments;

  private void addBlock() throws IOException {
    Path block = Files.createDirectory(data.resolve("0%dBAD".formatted(++blocks)));
    Files.writeString(block.resolve("meta.json"), "{\"version\":3}");
  }

  private void addSegment() throws IOException {
    Files.createDirectories(data.resolve("wal"));
    Files.writeString(data.resolve("wal").resolve("%08d".formatted(++segments)), "torn");
  }

  /** Reads; Prometheus makes a block of its log while each of the first blocks is told. */
  private boolean readWhileLogsAreCut(int times) throws IOException {
    PrintWriter err =
        new PrintWriter(told) {
          @Override
          public void println(String line) {
            super.println(line);
            if (line.startsWith("block ") && blocks <= times) {
              try {
                Files.delete(data.resolve("wal").resolve("%08d".formatted(segments)));
                addSegment();
                addBlock();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };
    return new PrometheusImport(data, new HistoryUpload(new ServerAddress()), err).read();
  }

  @Test
  void listsAnewWhereALogWasCutMeanwhile() throws IOException {
    addBlock();
    addSegment();
    assertThat(readWhileLogsAreCut(1)).isFalse(); // The blocks here are damaged.
    assertThat(told.toString())
        .contains("00000001 was removed meanwhile: blocks and log are listed anew")
        .contains("block 1 of 1, 01BAD skipped")
        .contains("block 1 of 1, 02BAD skipped")
        .contains("log: 0 samples")
        .doesNotContain("import again");
  }

  @Test
  void endsWithASentenceWhereTheLogIsCutAgainAndAgain() throws IOException {
    addBlock();
    addSegment();
    assertThat(readWhileLogsAreCut(1000)).isFalse();
    assertThat(told.toString())
        .contains("00000005 was removed while it was to be read, after 5 listings")
        .contains("import again, or import a snapshot")
        .doesNotContain("log: ");
  }
}
