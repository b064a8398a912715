package io.ghostworks.journal;

import java.nio.file.Path;

/** A segment of the chain; guarded by the chain's lock. */
final class SegmentFile {
  final long number;
  final Path path;
  final long firstSequence;
  final long sizeBytes;

  /** How many tails read it now: it must not be written over under them. */
  int readers;

  SegmentFile(long number, Path path, long firstSequence, long sizeBytes) {
    this.number = number;
    this.path = path;
    this.firstSequence = firstSequence;
    this.sizeBytes = sizeBytes;
  }
}
