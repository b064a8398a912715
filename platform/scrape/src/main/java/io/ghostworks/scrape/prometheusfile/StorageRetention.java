package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code storage.tsdb.retention} says.
 *
 * @param time how long samples are kept; with a limit of size and no time, practically for ever
 * @param sizeBytes how many bytes of samples are kept; 0 and absent are no limit
 * @param diskPercentage the same as a share of the disk, and more than {@code sizeBytes} says; 0 is
 *     no limit
 */
public record StorageRetention(
    Optional<Duration> time, OptionalLong sizeBytes, double diskPercentage) {
  /** As long as Prometheus keeps samples at most. */
  private static final Duration FOR_EVER = Duration.ofDays(100 * 365);

  /** Where the file says nothing. */
  public static final StorageRetention NONE =
      new StorageRetention(Optional.empty(), OptionalLong.empty(), 0);

  /**
   * The limit of size on a disk.
   *
   * @param diskBytes the size of the disk that holds the data
   */
  public OptionalLong sizeBytesOn(long diskBytes) {
    return diskPercentage > 0
        ? OptionalLong.of((long) (diskBytes * (diskPercentage / 100)))
        : sizeBytes;
  }

  /** Reads the section, whose form is checked already. */
  static StorageRetention read(ConfigMap tsdb) {
    ConfigMap map = tsdb.mapOrEmpty("retention");
    long size = map.size("size", 0);
    double percentage = map.number("percentage", 0);
    Duration time = map.duration("time", DurationForm.PROMETHEUS, Duration.ZERO);
    if (time.isPositive() && time.compareTo(Duration.ofHours(1)) < 0) {
      map.withoutEffect("time", "below 1h, for which samples are kept at least");
      time = Duration.ofHours(1);
    }
    boolean limited = size > 0 || percentage > 0;
    Optional<Duration> kept =
        time.isPositive() ? Optional.of(time) : limited ? Optional.of(FOR_EVER) : Optional.empty();
    return new StorageRetention(
        kept, size > 0 ? OptionalLong.of(size) : OptionalLong.empty(), percentage);
  }
}
