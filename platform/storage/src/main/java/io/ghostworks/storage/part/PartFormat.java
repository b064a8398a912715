package io.ghostworks.storage.part;

import java.util.zip.CRC32C;

/** The numbers of the part file format, which {@link PartWriter} specifies. */
final class PartFormat {
  /** "GWPA" read as a little-endian integer. */
  static final int MAGIC = 0x41505747;

  static final int VERSION = 1;
  static final int HEADER_BYTES = 16;
  static final int TRAILER_BYTES = 16;
  static final int ALIGNMENT = 8;

  /** Sections of one file; bounds the footer that a reader allocates for. */
  static final int SECTIONS_MAX = 4096;

  static final int FOOTER_BYTES_MAX = SECTIONS_MAX * (PartSection.NAME_MAX + 32);

  private PartFormat() {}

  static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) & -ALIGNMENT;
  }

  static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
