package io.ghostworks.wire.tsdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was deleted of a block: ranges of times by series.
 *
 * <p>Source: prometheus tsdb/docs/format/tombstones.md.
 */
final class BlockTombstones {
  private static final int MAGIC = 0x0130BA30;
  private static final int HEADER_BYTES = 5;

  private final Map<Long, List<long[]>> ranges = new HashMap<>();

  static BlockTombstones read(Path file) throws IOException {
    BlockTombstones tombstones = new BlockTombstones();
    if (!Files.exists(file)) {
      return tombstones;
    }
    BlockBytes bytes = BlockBytes.map(file);
    if (bytes.int32() != MAGIC || bytes.octet() != 1) {
      throw bytes.damaged("it has no tombstones of version 1");
    }
    int end = bytes.size() - 4;
    bytes.check(HEADER_BYTES, end - HEADER_BYTES);
    while (bytes.position() < end) {
      long series = bytes.uvarint();
      long[] range = {bytes.varint(), bytes.varint()};
      tombstones.ranges.computeIfAbsent(series, s -> new ArrayList<>()).add(range);
    }
    return tombstones;
  }

  /** The deleted ranges of a series, both ends inclusive. */
  List<long[]> of(long series) {
    return ranges.getOrDefault(series, List.of());
  }
}
