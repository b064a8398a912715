package io.ghostworks.storage.part;

/**
 * One section of a part file.
 *
 * @param name unique in the file
 * @param offset of the first byte in the file, a multiple of 8
 * @param lengthBytes size without padding
 * @param crc32c checksum of the bytes
 */
public record PartSection(String name, long offset, long lengthBytes, int crc32c) {
  /** The longest name, in characters, which are ASCII. */
  public static final int NAME_MAX = 64;

  public PartSection {
    if (name.isEmpty()
        || name.length() > NAME_MAX
        || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(
          "a section's name must be 1 to %d visible ASCII characters, got '%s'"
              .formatted(NAME_MAX, name));
    }
    if (offset < 0 || lengthBytes < 0) {
      throw new IllegalArgumentException(
          "a section must have an offset and a length from 0 on, got %d and %d"
              .formatted(offset, lengthBytes));
    }
  }
}
