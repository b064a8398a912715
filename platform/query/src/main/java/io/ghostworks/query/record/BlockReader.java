package io.ghostworks.query.record;

/** Reads the blocks of a scan, one after the other. Used by one thread at a time. */
@FunctionalInterface
public interface BlockReader {
  void read(RecordBlock block);
}
