package io.ghostworks.wire.tsdb;

import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.compress.BodyTooLargeException;
import io.ghostworks.wire.compress.ContentCoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The records of a Prometheus write-ahead log, segment by segment. The last segment may end within
 * a record, as after a crash or while it is written: its whole records are given.
 *
 * <pre>
 * segment  := page* of 32 KiB, the last one perhaps shorter
 * page     := fragment* zero*
 * fragment := type:u8 length:u16 crc32c:u32 data   // type: bits 0-2 whole (1), first, middle, last; bit 3 snappy, bit 4 zstd
 * </pre>
 *
 * <p>Source: prometheus tsdb/docs/format/wal.md, "Segment encoding".
 */
final class LogRecords {
  private static final int PAGE_BYTES = 32 << 10;
  private static final int HEADER_BYTES = 7;
  private static final int RECORD_BYTES_MAX = 256 << 20;
  private static final int WHOLE = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;
  private static final int SNAPPY = 8;
  private static final int ZSTD = 16;

  /** Takes one record. */
  interface Handler {
    void record(BlockBytes record) throws IOException;
  }

  private LogRecords() {}

  /**
   * Gives all records in their order.
   *
   * @throws DamagedBlockException at the first that is damaged; those before were given
   */
  static void forEach(List<Path> segments, Handler into) throws IOException {
    for (int i = 0; i < segments.size(); i++) {
      read(segments.get(i), i == segments.size() - 1, into);
    }
  }

  private static void read(Path file, boolean last, Handler into) throws IOException {
    byte[] segment = Files.readAllBytes(file);
    BlockBytes bytes = BlockBytes.of(file, segment);
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    boolean open = false;
    int at = 0;
    while (at < segment.length) {
      int type = segment[at] & 7;
      if (type == 0) {
        at = (at / PAGE_BYTES + 1) * PAGE_BYTES;
        continue;
      }
      int length = at + HEADER_BYTES > segment.length ? -1 : length(segment, at);
      if (length < 0 || at + HEADER_BYTES + length > segment.length) {
        if (last) {
          return; // torn
        }
        throw bytes.at(at).damaged("a record is torn");
      }
      check(bytes, segment, at, length);
      boolean begins = type == WHOLE || type == FIRST;
      if (type > LAST || begins == open || record.size() > RECORD_BYTES_MAX - length) {
        throw bytes.at(at).damaged("a fragment of type %d is out of place".formatted(type));
      }
      record.write(segment, at + HEADER_BYTES, length);
      open = type != WHOLE && type != LAST;
      if (!open) {
        into.record(BlockBytes.of(file, decompressed(bytes.at(at), segment[at], record)));
        record.reset();
      }
      at += HEADER_BYTES + length;
    }
    if (open && !last) {
      throw bytes.damaged("its last record has no end");
    }
  }

  private static int length(byte[] segment, int at) {
    return (segment[at + 1] & 0xff) << 8 | (segment[at + 2] & 0xff);
  }

  private static void check(BlockBytes bytes, byte[] segment, int at, int length)
      throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(segment, at + HEADER_BYTES, length);
    if (bytes.at(at + 3L).int32() != (int) checksum.getValue()) {
      throw bytes.at(at).damaged("the checksum of a fragment does not match");
    }
  }

  private static byte[] decompressed(BlockBytes bytes, int type, ByteArrayOutputStream record)
      throws IOException {
    byte[] raw = record.toByteArray();
    if ((type & (SNAPPY | ZSTD)) == 0) {
      return raw;
    }
    try {
      return ((type & SNAPPY) != 0 ? ContentCoding.SNAPPY : ContentCoding.ZSTD)
          .decode(raw, 0, raw.length, RECORD_BYTES_MAX);
    } catch (WireFormatException | BodyTooLargeException e) {
      DamagedBlockException damaged = bytes.damaged(String.valueOf(e.getMessage()));
      damaged.initCause(e);
      throw damaged;
    }
  }
}
