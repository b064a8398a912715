package io.ghostworks.storage.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.storage.directory.DiskSpaceGuard.State;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiskSpaceGuardTest {
  private static final Path DIRECTORY = Path.of("/data");

  private final SimulatedFileSystem files = new SimulatedFileSystem(1);
  private final DiskSpaceGuard guard =
      new DiskSpaceGuard(files, DIRECTORY, new DiskSpaceLimits(10_000, 2_000, 1_000, 5_000));

  @BeforeEach
  void createDirectory() throws IOException {
    files.createDirectories(DIRECTORY);
    files.capacityBytes(40_000);
  }

  @Test
  void refusesInOrderAsTheDiskFillsAndGivesUpItsReserve() throws IOException {
    assertThat(guard.measure()).isEqualTo(State.AMPLE);
    assertThat(files.sizeBytes(DIRECTORY.resolve("reserve"))).isEqualTo(5_000);
    try (FileHandle filler = files.create(DIRECTORY.resolve("filler"))) {
      filler.preallocate(25_500);
      assertThat(guard.measure()).isEqualTo(State.LOW);
      assertAdmits(false, true, true);
      filler.preallocate(33_500);
      assertThat(guard.measure()).isEqualTo(State.CRITICAL);
      assertThat(files.exists(DIRECTORY.resolve("reserve"))).isFalse();
      assertThat(guard.freeBytes()).isEqualTo(6_500);
      assertAdmits(false, true, true);
      filler.preallocate(39_500);
      assertThat(guard.measure()).isEqualTo(State.EXHAUSTED);
      assertAdmits(false, false, true);
      filler.truncate(30_000);
      assertThat(guard.measure()).isEqualTo(State.CRITICAL);
      filler.truncate(24_500);
      assertThat(guard.measure()).isEqualTo(State.CRITICAL);
      filler.truncate(23_000);
      assertThat(guard.measure()).isEqualTo(State.AMPLE);
      assertThat(files.sizeBytes(DIRECTORY.resolve("reserve"))).isEqualTo(5_000);
      assertAdmits(true, true, true);
    }
  }

  @Test
  void staysLowUntilThereIsClearlyMoreRoomAgain() throws IOException {
    guard.measure();
    try (FileHandle filler = files.create(DIRECTORY.resolve("filler"))) {
      filler.preallocate(25_500);
      assertThat(guard.measure()).isEqualTo(State.LOW);
      filler.truncate(24_500);
      assertThat(guard.measure()).isEqualTo(State.LOW);
      filler.truncate(24_000);
      assertThat(guard.measure()).isEqualTo(State.AMPLE);
    }
  }

  @Test
  void scalesWithTheDiskWithinBounds() {
    assertThat(DiskSpaceLimits.forDisk(1L << 30).telemetryFreeBytesMin()).isEqualTo(256L << 20);
    assertThat(DiskSpaceLimits.forDisk(1L << 50).telemetryFreeBytesMin()).isEqualTo(2L << 30);
    assertThatThrownBy(() -> new DiskSpaceLimits(1, 2, 3, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertAdmits(boolean telemetry, boolean rules, boolean state) {
    assertThat(guard.admits(DiskUse.TELEMETRY)).isEqualTo(telemetry);
    assertThat(guard.admits(DiskUse.RULE_OUTPUT)).isEqualTo(rules);
    assertThat(guard.admits(DiskUse.STATE)).isEqualTo(state);
  }
}
