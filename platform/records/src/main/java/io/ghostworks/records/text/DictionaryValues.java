package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.DamagedDataException;
import org.jspecify.annotations.Nullable;

/** Values as numbers of the entries of a dictionary. */
final class DictionaryValues implements StoredValues {

  private final StoredValues entries;
  private final Codes codes;

  DictionaryValues(StoredValues entries, Codes codes) {
    this.entries = entries;
    this.codes = codes;
  }

  @Override
  public int count() {
    return codes.count();
  }

  @Override
  public void append(int index, ByteArena arena) throws DamagedDataException {
    entries.append(codes.get(index), arena);
  }

  @Override
  public void match(Probe probe, RowSet into) throws DamagedDataException {
    RowSet found = RowSet.none(entries.count());
    entries.match(probe, found);
    addCoded(found, into);
  }

  @Override
  public void test(TextTest test, RowSet into) throws DamagedDataException {
    RowSet found = RowSet.none(entries.count());
    entries.test(test, found);
    addCoded(found, into);
  }

  private void addCoded(RowSet found, RowSet into) throws DamagedDataException {
    if (found.isEmpty()) {
      return;
    }
    for (int i = 0; i < codes.count(); i++) {
      if (found.contains(codes.get(i))) {
        into.add(i);
      }
    }
  }

  /** Small numbers of one byte, or of two planes. */
  static final class Codes {

    private final Streams streams;
    private final int stream;
    private final int count;
    private final int size;
    private byte @Nullable [] bytes;

    /**
     * @param size all numbers are less
     */
    Codes(Streams streams, int stream, int count, int size) throws DamagedDataException {
      this.streams = streams;
      this.stream = stream;
      this.count = count;
      this.size = size;
      streams.mustHave(stream, size > 256 ? 2L * count : count);
    }

    int count() {
      return count;
    }

    int get(int index) throws DamagedDataException {
      byte[] known = bytes;
      if (known == null) {
        known = streams.array(stream);
        bytes = known;
      }
      int at = streams.offset(stream) + index;
      int code = known[at] & 0xFF;
      if (size > 256) {
        code |= (known[at + count] & 0xFF) << 8;
      }
      if (code >= size) {
        throw new DamagedDataException("a code must be below %d, got %d".formatted(size, code));
      }
      return code;
    }
  }
}
