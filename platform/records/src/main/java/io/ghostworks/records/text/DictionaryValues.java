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
    codes.addAll(found, into);
  }

  /** Small numbers of one byte, or of two planes. */
  static final class Codes {

    private final Streams streams;
    private final int stream;
    private final int count;
    private final int size;
    private char @Nullable [] numbers;

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
      return all()[index];
    }

    /** Adds the indexes of the codes that are in a set. */
    void addAll(RowSet wanted, RowSet into) throws DamagedDataException {
      char[] known = all();
      for (int i = 0; i < count; i++) {
        if (wanted.contains(known[i])) {
          into.add(i);
        }
      }
    }

    /** All numbers. */
    char[] all() throws DamagedDataException {
      char[] known = numbers;
      return known == null ? read() : known;
    }

    private char[] read() throws DamagedDataException {
      char[] read = new char[count];
      byte[] bytes = streams.array(stream);
      int at = streams.offset(stream);
      int max = 0;
      for (int i = 0; i < count; i++) {
        read[i] = (char) (bytes[at + i] & 0xFF);
        max = Math.max(max, read[i]);
      }
      if (size > 256) {
        for (int i = 0; i < count; i++) {
          read[i] |= (char) ((bytes[at + count + i] & 0xFF) << 8);
          max = Math.max(max, read[i]);
        }
      }
      if (count > 0 && max >= size) {
        throw new DamagedDataException("a code must be below %d, got %d".formatted(size, max));
      }
      numbers = read;
      return read;
    }
  }
}
