package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;

/** One value many times. */
record ConstantValue(byte[] value, int count) implements StoredValues {

  @Override
  public void append(int index, ByteArena arena) {
    arena.append(value, 0, value.length);
  }

  @Override
  public void test(TextTest test, RowSet into) {
    if (test.test(value, 0, value.length)) {
      into.addAll();
    }
  }

  @Override
  public void match(Probe probe, RowSet into) {
    if (probe.test(value, 0, value.length)) {
      into.addAll();
    }
  }
}
