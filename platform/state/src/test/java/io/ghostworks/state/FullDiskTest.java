package io.ghostworks.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot grow, as on a full disk: the operating system's limit of a file's size. */
class FullDiskTest {
  private static final int BLOCK_BYTES = 1 << 10;

  @TempDir Path directory;

  @Test
  void theOutboxGoesOnInSpaceThatTheFilesHaveBeforehand() throws IOException, InterruptedException {
    SqliteState.open(directory).close();
    Path file = directory.resolve(SqliteState.FILE);
    long bytes = Files.size(file);
    Path told = directory.resolve("told");
    Process writer =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -f %d; exec \"$@\"".formatted(bytes / BLOCK_BYTES),
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                OutboxWriter.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    assertThat(writer.waitFor()).as(Files.readString(told)).isZero();
    List<String> lines = Files.readAllLines(told);
    assertThat(lines.getLast()).isEqualTo("refused"); // the limit holds
    long stored = lines.stream().filter(line -> line.startsWith("stored")).count();
    assertThat(stored).isGreaterThan(500);
    assertThat(Files.size(file)).isEqualTo(bytes);
    try (State state = SqliteState.open(directory)) {
      assertThat(state.<List<Outbox.Waiting>>transaction(t -> t.outbox().pending(TenantId.DEFAULT)))
          .hasSize((int) stored);
    }
  }
}
