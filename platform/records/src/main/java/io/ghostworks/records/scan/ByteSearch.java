package io.ghostworks.records.scan;

/** Finds bytes in bytes. */
final class ByteSearch {

  private ByteSearch() {}

  /** Whether the range contains the needle; the empty one is everywhere. */
  static boolean contains(byte[] bytes, int offset, int length, byte[] needle) {
    if (needle.length == 0) {
      return true;
    }
    byte first = needle[0];
    int last = offset + length - needle.length;
    for (int at = offset; at <= last; at++) {
      if (bytes[at] == first && matches(bytes, at, needle)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int at, byte[] needle) {
    for (int i = 1; i < needle.length; i++) {
      if (bytes[at + i] != needle[i]) {
        return false;
      }
    }
    return true;
  }
}
