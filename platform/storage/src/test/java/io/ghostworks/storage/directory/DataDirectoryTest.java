package io.ghostworks.storage.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ghostworks.storage.file.DiskFileSystem;
import io.ghostworks.storage.file.SimulatedFault;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temporary;

  private final DiskFileSystem files = new DiskFileSystem();

  @Test
  void createsLocksAndMarksANewDirectory() throws IOException {
    Path path = temporary.resolve("deep/data");
    try (DataDirectory directory = DataDirectory.open(files, path, 123)) {
      assertThat(directory.path()).isEqualTo(path);
      assertThat(Files.readString(path.resolve("version"))).isEqualTo("1\n");
      assertThat(Files.readString(path.resolve("lock"))).isEqualTo("123\n");
    }
    DataDirectory.open(files, path, 5).close();
    assertThat(Files.readString(path.resolve("lock"))).isEqualTo("5\n");
  }

  @Test
  void refusesASecondProcessAndNamesTheFirst() throws IOException {
    try (DataDirectory directory = DataDirectory.open(files, temporary, 4711)) {
      assertThatThrownBy(() -> DataDirectory.open(files, directory.path(), 2))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("in use")
          .hasMessageContaining("process 4711")
          .hasMessageContaining("--data");
    }
  }

  @Test
  void refusesAnotherProcessForAsLongAsItIsOpen() throws IOException, InterruptedException {
    try (DataDirectory directory = DataDirectory.open(files, temporary, 4711)) {
      assertThat(otherProcess(directory.path())).contains("in use").contains("process 4711");
    }
    assertThat(otherProcess(temporary)).startsWith("open: ");
  }

  private static String otherProcess(Path path) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DirectoryHolder.class.getName(),
                path.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }

  @Test
  void refusesANewerVersion() throws IOException {
    Files.writeString(temporary.resolve("version"), "2\n");
    assertThatThrownBy(() -> DataDirectory.open(files, temporary, 1))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("version 2")
        .hasMessageContaining("start a newer release");
    Files.writeString(temporary.resolve("version"), "1\n");
    DataDirectory.open(files, temporary, 1).close();
  }

  @Test
  void refusesAVersionThatIsNone() throws IOException {
    Files.writeString(temporary.resolve("version"), "banana");
    assertThatThrownBy(() -> DataDirectory.open(files, temporary, 1))
        .hasMessageContaining("'banana'");
  }

  @Test
  void refusesAFileInItsPlace() throws IOException {
    Path path = temporary.resolve("file");
    Files.writeString(path, "x");
    assertThatThrownBy(() -> DataDirectory.open(files, path, 1))
        .isInstanceOf(DataDirectoryException.class);
  }

  @Test
  void refusesADirectoryThatCannotBeWritten() throws IOException {
    Path path = Files.createDirectory(temporary.resolve("read-only"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(path), "the superuser may write anywhere");
    assertThatThrownBy(() -> DataDirectory.open(files, path, 1))
        .hasMessageContaining("cannot be written");
  }

  @Test
  void saysWhatToDoWheneverACallFailsAndIsWholeAfterwards() throws IOException {
    SimulatedFileSystem undisturbed = new SimulatedFileSystem(1);
    Path path = Path.of("/data");
    DataDirectory.open(undisturbed, path, 1).close();
    for (long call = 1; call <= undisturbed.calls(); call++) {
      SimulatedFileSystem failing = new SimulatedFileSystem(call);
      failing.failCall(call, SimulatedFault.NO_SPACE);
      assertThatThrownBy(() -> DataDirectory.open(failing, path, 1))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("--data");
      failing.crash();
      DataDirectory.open(failing, path, 1).close();
    }
  }
}
