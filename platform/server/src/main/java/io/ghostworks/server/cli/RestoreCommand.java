package io.ghostworks.server.cli;

import io.ghostworks.series.SeriesSnapshot;
import io.ghostworks.storage.directory.DataDirectory;
import io.ghostworks.storage.file.DiskFileSystem;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restore}: copies a snapshot of series into a data directory that has none. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Copies a snapshot of series into a data directory that has no series.",
      "Every file is read back against its checksums; no server may run on the directory."
    })
final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Data directory (default ./data).")
  private Path data = Path.of("data");

  @Parameters(paramLabel = "SNAPSHOT", description = "The directory of the snapshot.")
  private Path snapshot = Path.of("");

  @Override
  public Integer call() {
    FileSystem files = new DiskFileSystem();
    Path target = data.toAbsolutePath().normalize();
    try (DataDirectory directory =
        DataDirectory.open(files, target, ProcessHandle.current().pid())) {
      SeriesSnapshot restored =
          SeriesSnapshot.restore(
              files,
              snapshot.toAbsolutePath().normalize(),
              directory.path().resolve("series"),
              directory.path().resolve("journal/series"));
      spec.commandLine()
          .getOut()
          .printf(
              "restored %d files, %d bytes, of %s into %s%n",
              restored.files(),
              restored.sizeBytes(),
              Instant.ofEpochMilli(restored.createdMs()),
              target);
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("ghostworks: " + e.getMessage());
      return 1;
    }
  }
}
