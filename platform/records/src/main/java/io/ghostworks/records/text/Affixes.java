package io.ghostworks.records.text;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;

/** What stands before and behind every number of a variable. */
record Affixes(byte[] prefix, byte[] suffix) {

  static Affixes read(BytesInput in) throws DamagedDataException {
    return new Affixes(in.getLengthAndBytes(), in.getLengthAndBytes());
  }

  int length() {
    return prefix.length + suffix.length;
  }

  /** Puts both around a value of this length that stands at {@code at + prefix} already. */
  void around(byte[] target, int at, int length) {
    System.arraycopy(prefix, 0, target, at, prefix.length);
    System.arraycopy(suffix, 0, target, at + prefix.length + length, suffix.length);
  }
}
