package io.ghostworks.series;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.series.primitive.LongIntMap;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;

/** The label pairs that a segment of the journal has defined so far, while it is read. */
final class SegmentPairs {
  private final LongIntMap numbers = new LongIntMap();
  private final LongColumn slices = new LongColumn();
  private final ByteArena bytes = new ByteArena(4096);

  /** Reads a pair and keeps it under its id. */
  void define(long id, BytesInput in) throws DamagedDataException {
    int from = in.arrayOffset();
    in.skip(in.getVarint(in.remaining()));
    in.skip(in.getVarint(in.remaining()));
    if (numbers.get(id) < 0) {
      numbers.put(id, slices.size());
      slices.add(bytes.append(in.array(), from, in.arrayOffset() - from));
    }
  }

  /** Appends a pair in its packed form; answers whether it is known. */
  boolean append(long id, ByteArena target) {
    int number = numbers.get(id);
    if (number < 0) {
      return false;
    }
    long slice = slices.get(number);
    target.append(bytes.array(), ByteArena.offset(slice), ByteArena.length(slice));
    return true;
  }
}
