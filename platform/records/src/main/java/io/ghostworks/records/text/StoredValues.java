package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.DamagedDataException;

/** The values of a variable, as {@link ValuesWriter} wrote them; unpacked when first used. */
sealed interface StoredValues
    permits ConstantValue, IntegerValues, HexValues, DictionaryValues, RawValues, TextGroup {

  /** How many there are. */
  int count();

  /** Appends a value to an arena. */
  void append(int index, ByteArena arena) throws DamagedDataException;

  /** Adds those that fulfil a probe. */
  void match(Probe probe, RowSet into) throws DamagedDataException;

  /** Adds those that pass a test. */
  void test(TextTest test, RowSet into) throws DamagedDataException;
}
