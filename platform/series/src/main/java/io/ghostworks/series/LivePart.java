package io.ghostworks.series;

import io.ghostworks.series.part.SeriesPart;
import io.ghostworks.storage.manifest.ManifestFile;
import java.util.List;

/**
 * An open part with the number of its users: the live set is one, each pinned snapshot another.
 * Guarded by {@link LiveLayers}.
 */
final class LivePart {
  static final long DAY_MS = 86_400_000;

  final ManifestFile file;
  final SeriesPart part;
  int users = 1;

  /** Whether no manifest names the file any more, so that it is deleted with its last user. */
  boolean retired;

  LivePart(ManifestFile file, SeriesPart part) {
    this.file = file;
    this.part = part;
  }

  /** The number that the file has its name of; later files have higher ones. */
  long number() {
    return Long.parseLong(file.name().substring(0, file.name().indexOf('.')));
  }

  /** The UTC day of all its samples, counted from the epoch. */
  long day() {
    return Math.floorDiv(part.minTimestampMs(), DAY_MS);
  }

  /**
   * Whether rows are what lies between finer parts of the day and coarser rows, which may be kept
   * for longer: without them the coarser ones would have to be made again.
   *
   * @param all live parts
   */
  boolean isStep(List<LivePart> all) {
    long day = day();
    return !isRaw()
        && all.stream()
            .anyMatch(
                other -> other.part.resolutionMs() < part.resolutionMs() && other.day() == day);
  }

  /** Whether it holds samples as they came, and not downsampled rows. */
  boolean isRaw() {
    return part.resolutionMs() == 0;
  }
}
