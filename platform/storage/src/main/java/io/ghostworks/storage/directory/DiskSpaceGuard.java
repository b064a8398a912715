package io.ghostworks.storage.directory;

import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.file.NoSpaceException;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who may still write when the disk runs low, and keeps a preallocated reserve for those
 * who come last.
 *
 * <pre>
 * AMPLE      all may write; the reserve is on disk
 *   -> LOW when free space falls below the telemetry limit
 * LOW        telemetry is refused; the reserve is on disk
 *   -> AMPLE when free space is a tenth above the telemetry limit
 *   -> CRITICAL when free space falls below the reserve limit: the reserve is deleted
 * CRITICAL   telemetry is refused; rule output and state live on the reserve's space
 *   -> EXHAUSTED when free space falls below the rule output limit
 *   -> AMPLE when free space is a tenth above the telemetry limit after the reserve was written again
 * EXHAUSTED  only state may write
 *   -> CRITICAL, AMPLE as above
 * </pre>
 *
 * {@link #measure} is called about every second by the owner, and by a journal before it takes a
 * new segment; {@link #admits} is one volatile read. Safe for use by many threads.
 */
public final class DiskSpaceGuard {
  /** How the disk stands. */
  public enum State {
    AMPLE,
    LOW,
    CRITICAL,
    EXHAUSTED
  }

  private static final Logger log = LoggerFactory.getLogger(DiskSpaceGuard.class);
  private static final String RESERVE_NAME = "reserve";

  private final FileSystem files;
  private final Path directory;
  private final Path reserve;
  private final DiskSpaceLimits limits;
  private volatile State state = State.AMPLE;
  private volatile long freeBytes = Long.MAX_VALUE;

  /**
   * @param directory the data directory; the reserve is the file {@code reserve} in it
   */
  public DiskSpaceGuard(FileSystem files, Path directory, DiskSpaceLimits limits) {
    this.files = files;
    this.directory = directory;
    this.reserve = directory.resolve(RESERVE_NAME);
    this.limits = limits;
  }

  /** Whether somebody may write at this moment. */
  public boolean admits(DiskUse use) {
    return switch (state) {
      case AMPLE -> true;
      case LOW, CRITICAL -> use != DiskUse.TELEMETRY;
      case EXHAUSTED -> use == DiskUse.STATE;
    };
  }

  /** How the disk stood when it was last measured. */
  public State state() {
    return state;
  }

  /** Free space when it was last measured, in bytes. */
  public long freeBytes() {
    return freeBytes;
  }

  public DiskSpaceLimits limits() {
    return limits;
  }

  /** Measures the free space, gives up or restores the reserve, and returns how the disk stands. */
  public synchronized State measure() throws IOException {
    long free = files.freeBytes(directory);
    boolean reserved = hasWholeReserve();
    if (!reserved && free - limits.reserveBytes() >= resumeBytes()) {
      reserved = writeReserve();
      free = files.freeBytes(directory);
    }
    if (reserved && free < limits.reserveFreeBytesMin()) {
      removeReserve();
      reserved = false;
      free = files.freeBytes(directory);
    }
    freeBytes = free;
    State before = state;
    state = next(free, reserved);
    if (state != before) {
      tell(state, free);
    }
    return state;
  }

  private void tell(State now, long free) {
    switch (now) {
      case AMPLE -> log.info("{} has {} bytes free: telemetry is taken again", directory, free);
      case LOW, CRITICAL ->
          log.warn(
              "{} has {} bytes free: telemetry is refused until {} are; rules and notifications go on; free space or shorten the retention",
              directory,
              free,
              resumeBytes());
      case EXHAUSTED ->
          log.error(
              "{} has {} bytes free: only the state of alerts and notifications is still written; free space now",
              directory,
              free);
    }
  }

  private State next(long free, boolean reserved) {
    if (reserved) {
      boolean low = free < (state == State.AMPLE ? limits.telemetryFreeBytesMin() : resumeBytes());
      return low ? State.LOW : State.AMPLE;
    }
    return free < limits.ruleOutputFreeBytesMin() ? State.EXHAUSTED : State.CRITICAL;
  }

  private long resumeBytes() {
    return limits.telemetryFreeBytesMin() + limits.telemetryFreeBytesMin() / 10;
  }

  private boolean hasWholeReserve() throws IOException {
    return files.exists(reserve) && files.sizeBytes(reserve) >= limits.reserveBytes();
  }

  private boolean writeReserve() throws IOException {
    files.deleteIfExists(reserve);
    try (FileHandle file = files.create(reserve)) {
      file.preallocate(limits.reserveBytes());
      file.force(true);
    } catch (NoSpaceException e) {
      // Another writer was faster than the measurement; the state says so, and the next measurement
      // tries again.
      removeReserve();
      return false;
    }
    files.syncDirectory(directory);
    return true;
  }

  private void removeReserve() throws IOException {
    files.deleteIfExists(reserve);
    files.syncDirectory(directory);
  }
}
