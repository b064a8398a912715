package io.ghostworks.storage.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.SimulatedFault;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManifestStoreTest {
  private static final Path DIRECTORY = Path.of("/data/series");
  private static final int KIND = 4;

  private final SimulatedFileSystem files = new SimulatedFileSystem(1);

  @Test
  void foundsANewDirectoryWithAnEmptyManifest() throws IOException {
    ManifestStore store = ManifestStore.open(files, DIRECTORY, KIND);
    assertThat(store.current().files()).isEmpty();
    assertThat(store.current().journalSequence()).isZero();
    assertThat(files.list(DIRECTORY)).containsExactly("MANIFEST");
  }

  @Test
  void givesBackWhatWasReplacedAfterALossOfPower() throws IOException {
    ManifestStore store = ManifestStore.open(files, DIRECTORY, KIND);
    create(files, "1.part");
    create(files, "2.part");
    Manifest written =
        store.replace(77, List.of(file("1.part", 1, 0), file("2.part", 2, 3)), new byte[] {5, 6});
    files.crash();
    Manifest read = ManifestStore.open(files, DIRECTORY, KIND).current();
    assertThat(read.journalSequence()).isEqualTo(77);
    assertThat(read.files()).isEqualTo(written.files());
    assertThat(read.metadata()).containsExactly(5, 6);
    assertThat(read.generation()).isGreaterThan(written.generation());
  }

  @Test
  void removesWhatItDoesNotName() throws IOException {
    ManifestStore store = ManifestStore.open(files, DIRECTORY, KIND);
    create(files, "live");
    create(files, "garbage");
    store.replace(1, List.of(file("live", 0, 0)), new byte[0]);
    ManifestStore reopened = ManifestStore.open(files, DIRECTORY, KIND);
    assertThat(reopened.removedNames()).containsExactly("garbage");
    assertThat(files.list(DIRECTORY)).containsExactly("MANIFEST", "live");
  }

  @Test
  void refusesWhenANamedFileIsMissing() throws IOException {
    ManifestStore store = ManifestStore.open(files, DIRECTORY, KIND);
    store.replace(1, List.of(file("absent", 0, 0)), new byte[0]);
    assertThatThrownBy(() -> ManifestStore.open(files, DIRECTORY, KIND))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining("absent is missing")
        .hasMessageContaining("backup");
  }

  @Test
  void refusesFilesWithoutAManifestRatherThanDeleteThem() throws IOException {
    files.createDirectories(DIRECTORY);
    create(files, "1.part");
    assertThatThrownBy(() -> ManifestStore.open(files, DIRECTORY, KIND))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining("1.part");
    assertThat(files.list(DIRECTORY)).contains("1.part");
  }

  @Test
  void refusesAnotherKind() throws IOException {
    ManifestStore.open(files, DIRECTORY, KIND);
    assertThatThrownBy(() -> ManifestStore.open(files, DIRECTORY, KIND + 1))
        .hasMessageContaining("kind 5");
  }

  @Test
  void refusesAJournalSequenceThatFalls() throws IOException {
    ManifestStore store = ManifestStore.open(files, DIRECTORY, KIND);
    store.replace(9, List.of(), new byte[0]);
    assertThatThrownBy(() -> store.replace(8, List.of(), new byte[0]))
        .hasMessageContaining("must not fall");
  }

  @Test
  void findsEveryFlippedBitAndDeletesNothing() throws IOException {
    ManifestStore store = ManifestStore.open(files, DIRECTORY, KIND);
    create(files, "1.part");
    create(files, "garbage");
    store.replace(3, List.of(file("1.part", 1, 1)), new byte[] {1});
    Path path = DIRECTORY.resolve("MANIFEST");
    long bits = 8 * files.sizeBytes(path);
    for (long bit = 0; bit < bits; bit++) {
      files.flipBit(path, bit);
      assertThatThrownBy(() -> ManifestStore.open(files, DIRECTORY, KIND))
          .as("bit %d", bit)
          .isInstanceOf(DamagedDataException.class);
      files.flipBit(path, bit);
    }
    assertThat(files.list(DIRECTORY)).contains("1.part", "garbage");
  }

  @ParameterizedTest
  @EnumSource(SimulatedFault.class)
  void afterAnyFailedCallTheOldManifestOrTheNewOneIsThereWithItsFiles(SimulatedFault fault)
      throws IOException {
    SimulatedFileSystem undisturbed = new SimulatedFileSystem(1);
    new Script(undisturbed).run();
    for (long call = 1; call <= undisturbed.calls(); call++) {
      SimulatedFileSystem failing = new SimulatedFileSystem(call);
      failing.failCall(call, fault);
      Script script = new Script(failing);
      script.run();
      failing.failNothing();
      if (new Random(call).nextBoolean()) {
        failing.crash();
      } else {
        failing.killProcess();
      }
      script.check("%s at call %d".formatted(fault, call));
      failing.crash();
      script.check("%s at call %d, after a second loss of power".formatted(fault, call));
    }
  }

  @Test
  void refusesValuesOutsideTheirRange() {
    assertThatThrownBy(() -> file("MANIFEST", 0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> file("../up", 0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> file("a", -1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Manifest(1, 1, List.of(file("a", 0, 0), file("a", 0, 1)), new byte[0]))
        .hasMessageContaining("twice");
  }

  /**
   * An engine that writes a part, names it, merges away the one before and deletes it, over and
   * over.
   */
  private static final class Script {
    private final SimulatedFileSystem files;
    private long attempted;
    private long confirmed;

    Script(SimulatedFileSystem files) {
      this.files = files;
    }

    void run() {
      try {
        ManifestStore store = ManifestStore.open(files, DIRECTORY, KIND);
        for (int i = 1; i <= 5; i++) {
          create(files, i + ".part");
          List<ManifestFile> live = new ArrayList<>(store.current().files());
          live.add(file(i + ".part", 1, 0));
          if (live.size() > 2) {
            live.removeFirst();
          }
          attempted = i;
          List<ManifestFile> before = store.current().files();
          store.replace(i, live, new byte[0]);
          confirmed = i;
          if (!before.isEmpty() && !live.contains(before.getFirst())) {
            files.delete(DIRECTORY.resolve(before.getFirst().name()));
          }
        }
      } catch (IOException e) {
        // The fault; what is on disk is looked at next.
      }
    }

    void check(String which) throws IOException {
      ManifestStore store;
      try {
        store = ManifestStore.open(files, DIRECTORY, KIND);
      } catch (DamagedDataException e) {
        throw new AssertionError("failed with " + which, e);
      }
      assertThat(store.current().journalSequence()).as(which).isBetween(confirmed, attempted);
      confirmed = store.current().journalSequence();
      attempted = confirmed;
    }
  }

  private static void create(SimulatedFileSystem files, String name) throws IOException {
    try (FileHandle file = files.create(DIRECTORY.resolve(name))) {
      file.write(ByteBuffer.allocate(10), 0);
      file.force(true);
    }
    files.syncDirectory(DIRECTORY);
  }

  private static ManifestFile file(String name, int kind, int level) {
    return new ManifestFile(name, kind, level, new byte[] {1, 2});
  }
}
