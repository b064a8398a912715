package io.ghostworks.series;

import io.ghostworks.series.part.SeriesPart;
import io.ghostworks.storage.manifest.ManifestFile;

/**
 * An open part with the number of its users: the live set is one, each pinned snapshot another.
 * Guarded by {@link LiveLayers}.
 */
final class LivePart {
  final ManifestFile file;
  final SeriesPart part;
  int users = 1;

  /** Whether no manifest names the file any more, so that it is deleted with its last user. */
  boolean retired;

  LivePart(ManifestFile file, SeriesPart part) {
    this.file = file;
    this.part = part;
  }
}
