package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

  @TempDir private Path data;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Path directory) {
    return CommandLine.run(
        new String[] {"import", "prometheus", directory.toString()},
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void namesBlocksThatItSkipsAndReadsTheLogBesideThem() throws IOException {
    Files.createDirectories(data.resolve("wal"));
    Files.writeString(data.resolve("wal").resolve("00000001"), "log");
    Files.createDirectory(data.resolve("01BAD"));
    Files.writeString(data.resolve("01BAD").resolve("meta.json"), "{\"version\":3}");
    assertThat(run(data)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("log: 0 samples")
        .contains("block 1 of 1, 01BAD skipped: ");
  }

  @Test
  void needsADirectoryWithBlocksOrALog() {
    assertThat(run(data.resolve("missing"))).isEqualTo(2);
    assertThat(run(data)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("has no blocks and no log");
  }
}
