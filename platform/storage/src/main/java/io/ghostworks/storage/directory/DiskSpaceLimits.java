package io.ghostworks.storage.directory;

/**
 * When a disk counts as low, in bytes.
 *
 * @param telemetryFreeBytesMin below this much free space telemetry is refused
 * @param reserveFreeBytesMin below this much free space the reserve is given up; less than {@code
 *     telemetryFreeBytesMin}
 * @param ruleOutputFreeBytesMin below this much free space, with the reserve given up, rule output
 *     is refused too
 * @param reserveBytes size of the preallocated reserve
 */
public record DiskSpaceLimits(
    long telemetryFreeBytesMin,
    long reserveFreeBytesMin,
    long ruleOutputFreeBytesMin,
    long reserveBytes) {
  private static final long MIB = 1 << 20;

  public DiskSpaceLimits {
    boolean ordered =
        0 <= ruleOutputFreeBytesMin
            && ruleOutputFreeBytesMin <= reserveFreeBytesMin
            && reserveFreeBytesMin < telemetryFreeBytesMin;
    if (!ordered || reserveBytes < 0) {
      throw new IllegalArgumentException(
          "disk limits must rise from rule output to reserve to telemetry, got %d, %d, %d (reserve %d)"
              .formatted(
                  ruleOutputFreeBytesMin,
                  reserveFreeBytesMin,
                  telemetryFreeBytesMin,
                  reserveBytes));
    }
  }

  /** Limits for a disk of a size: telemetry keeps 2 % free, at least 256 MiB and at most 2 GiB. */
  public static DiskSpaceLimits forDisk(long totalBytes) {
    return new DiskSpaceLimits(
        Math.clamp(totalBytes / 50, 256 * MIB, 2048 * MIB), 64 * MIB, 32 * MIB, 96 * MIB);
  }
}
