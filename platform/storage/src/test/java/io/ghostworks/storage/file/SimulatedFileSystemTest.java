package io.ghostworks.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedFileSystemTest extends FileSystemContract {
  private final Path directory = Path.of("/simulated/data");
  private SimulatedFileSystem files = new SimulatedFileSystem(1);

  @BeforeEach
  void createDirectory() throws IOException {
    files.createDirectories(directory);
  }

  @Override
  FileSystem files() {
    return files;
  }

  @Override
  Path directory() {
    return directory;
  }

  @Test
  void keepsWhatWasForcedAndSyncedOverALossOfPower() throws IOException {
    write("a", "forced");
    files.crash();
    assertThat(read("a")).isEqualTo("forced");
  }

  @Test
  void losesTearsAndReordersWhatWasNotForced() throws IOException {
    Set<String> outcomes = new HashSet<>();
    for (long seed = 0; seed < 200; seed++) {
      begin(seed);
      write("a", "-".repeat(2048));
      try (FileHandle file = files.openForWriting(path("a"))) {
        file.write(bytes("1".repeat(1024)), 0);
        file.write(bytes("2".repeat(1024)), 1024);
      }
      files.crash();
      String found = read("a");
      outcomes.add(
          found.charAt(0) + "" + found.charAt(600) + found.charAt(1024) + found.charAt(1700));
    }
    assertThat(outcomes).contains("----", "1122", "11--", "--22", "1---", "-1--");
  }

  @Test
  void losesNamesThatWereNotSynced() throws IOException {
    Set<Boolean> outcomes = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      begin(seed);
      try (FileHandle file = files.create(path("new"))) {
        file.write(bytes("x"), 0);
        file.force(true);
      }
      files.crash();
      outcomes.add(files.exists(path("new")));
    }
    assertThat(outcomes).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void renamesAtomicallyOverALossOfPower() throws IOException {
    Set<String> outcomes = new HashSet<>();
    for (long seed = 0; seed < 30; seed++) {
      begin(seed);
      write("target", "old");
      write("temporary", "new");
      files.rename(path("temporary"), path("target"));
      files.crash();
      outcomes.add(read("target"));
    }
    assertThat(outcomes).containsExactlyInAnyOrder("old", "new");
  }

  @Test
  void keepsEverythingWrittenWhenOnlyTheProcessDies() throws IOException {
    FileHandle file = files.create(path("a"));
    file.write(bytes("written"), 0);
    assertThat(files.tryLock(path("lock"))).isPresent();
    files.killProcess();
    assertThat(read("a")).isEqualTo("written");
    assertThat(files.tryLock(path("lock"))).isPresent();
    assertThatThrownBy(() -> file.write(bytes("x"), 0)).hasMessageContaining("power");
  }

  @Test
  void aFailedForceIsNotMendedByALaterOne() throws IOException {
    Set<String> outcomes = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      begin(seed);
      write("a", "old");
      try (FileHandle file = files.openForWriting(path("a"))) {
        file.write(bytes("new"), 0);
        files.failCall(files.calls() + 1, SimulatedFault.IO_ERROR);
        assertThatThrownBy(() -> file.force(false)).hasMessageContaining("input/output");
        file.force(false);
      }
      assertThat(read("a")).isEqualTo("new");
      files.crash();
      outcomes.add(read("a"));
    }
    assertThat(outcomes).contains("old", "new");
  }

  @Test
  void failsTheCallThatWasChosen() throws IOException {
    FileHandle file = files.create(path("a"));
    files.failCall(files.calls() + 1, SimulatedFault.NO_SPACE);
    assertThatThrownBy(() -> file.write(bytes("x"), 0)).isInstanceOf(NoSpaceException.class);
    files.failCall(files.calls() + 1, SimulatedFault.CRASH);
    assertThatThrownBy(() -> file.write(bytes("x"), 0)).hasMessageContaining("power");
    assertThatThrownBy(() -> files.list(directory)).hasMessageContaining("power");
    assertThat(files.isPowerFailed()).isTrue();
    files.crash();
    assertThat(files.isPowerFailed()).isFalse();
    files.list(directory);
  }

  @Test
  void fillsUp() throws IOException {
    files.capacityBytes(1000);
    try (FileHandle file = files.create(path("a"))) {
      file.write(ByteBuffer.allocate(900), 0);
      assertThat(files.freeBytes(directory)).isEqualTo(100);
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(101), 900))
          .isInstanceOf(NoSpaceException.class);
      file.write(ByteBuffer.allocate(900), 100);
    }
  }

  @Test
  void flipsABitForGood() throws IOException {
    write("a", "a");
    files.flipBit(path("a"), 1);
    assertThat(read("a")).isEqualTo("c");
    files.crash();
    assertThat(read("a")).isEqualTo("c");
  }

  private void begin(long seed) throws IOException {
    files = new SimulatedFileSystem(seed);
    files.createDirectories(directory);
  }
}
