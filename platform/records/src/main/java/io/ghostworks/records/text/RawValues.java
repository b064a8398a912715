package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import org.jspecify.annotations.Nullable;

/** Values end to end. */
final class RawValues implements StoredValues {

  private final Streams streams;
  private final int lengths;
  private final int text;
  private final int count;
  private final int fixedLength;
  private int @Nullable [] ends;

  /**
   * @param lengths the stream of lengths, or -1 where all have the fixed length
   */
  RawValues(Streams streams, int lengths, int text, int count, int fixedLength)
      throws DamagedDataException {
    this.streams = streams;
    this.lengths = lengths;
    this.text = text;
    this.count = count;
    this.fixedLength = fixedLength;
    if (lengths < 0) {
      if (fixedLength == 0) {
        throw new DamagedDataException("values of one length must not all be empty");
      }
      streams.mustHave(text, (long) count * fixedLength);
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void append(int index, ByteArena arena) throws DamagedDataException {
    int[] all = ends();
    arena.append(streams.array(text), all[index], all[index + 1] - all[index]);
  }

  @Override
  public void match(Probe probe, RowSet into) throws DamagedDataException {
    if (lengths < 0 && probe.isTooLongFor(fixedLength)) {
      return;
    }
    probe.testAll(streams.array(text), ends(), count, into);
  }

  @Override
  public void test(TextTest test, RowSet into) throws DamagedDataException {
    int[] all = ends();
    byte[] bytes = streams.array(text);
    for (int i = 0; i < count; i++) {
      if (test.test(bytes, all[i], all[i + 1] - all[i])) {
        into.add(i);
      }
    }
  }

  /** Value i lies in {@code [ends[i], ends[i + 1])} of the stream's array. */
  private int[] ends() throws DamagedDataException {
    int[] known = ends;
    if (known != null) {
      return known;
    }
    int[] all = new int[count + 1];
    all[0] = streams.offset(text);
    int end = streams.offset(text) + streams.length(text);
    BytesInput in =
        lengths < 0
            ? null
            : new BytesInput(
                streams.array(lengths), streams.offset(lengths), streams.length(lengths));
    for (int i = 0; i < count; i++) {
      all[i + 1] = all[i] + (in == null ? fixedLength : in.getVarint(end - all[i]));
    }
    if (all[count] != end) {
      throw new DamagedDataException("values must fill their stream of texts");
    }
    ends = all;
    return all;
  }
}
