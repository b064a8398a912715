package io.ghostworks.journal.segment;

import io.ghostworks.storage.file.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A few consecutive pages of a segment in memory, loaded as a reader moves on. What lies after the
 * end of the file is zeros, which verify as nothing. A page that the disk does not give is an error
 * and not damage: what it holds was acknowledged and may come back.
 */
final class PageWindow {
  /** Pages read at once: sequential reading in pieces that a disk likes. */
  static final int PAGES = 8;

  private final byte[] bytes = new byte[PAGES * SegmentFormat.PAGE_BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private FileHandle file;
  private long firstPage = -1;
  private long pages;

  PageWindow(FileHandle file) throws IOException {
    this.file = file;
    open(file);
  }

  /** Reads another file from now on. */
  void open(FileHandle newFile) throws IOException {
    file = newFile;
    pages = (newFile.sizeBytes() + SegmentFormat.PAGE_BYTES - 1) / SegmentFormat.PAGE_BYTES;
    forget();
  }

  /** How many pages the file has. */
  long pages() {
    return pages;
  }

  /** Forgets what was read, because the file is being written. */
  void forget() {
    firstPage = -1;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Loads a page where needed and returns the index of its first byte in {@link #bytes()}. */
  int load(long page) throws IOException {
    if (firstPage < 0 || page < firstPage || page >= firstPage + PAGES) {
      firstPage = -1;
      loadWindow(page);
      firstPage = page;
    }
    return (int) (page - firstPage) * SegmentFormat.PAGE_BYTES;
  }

  private void loadWindow(long page) throws IOException {
    try {
      read(page, 0, PAGES);
    } catch (IOException e) {
      // Once more, in smaller pieces: a disk may give singly what it does not give together.
      for (int i = 0; i < PAGES; i++) {
        readAgain(page, i, e);
      }
    }
  }

  private void readAgain(long page, int index, IOException first) throws IOException {
    try {
      read(page, index, 1);
    } catch (IOException second) {
      second.addSuppressed(first);
      throw new IOException(
          "the disk cannot read %s at offset %d (%s): try again, or copy what can be read of it to a healthy disk, with zeros for the rest"
              .formatted(
                  file.path(), (page + index) * SegmentFormat.PAGE_BYTES, second.getMessage()),
          second);
    }
  }

  private void read(long page, int index, int count) throws IOException {
    int from = index * SegmentFormat.PAGE_BYTES;
    int to = from + count * SegmentFormat.PAGE_BYTES;
    buffer.limit(to).position(from);
    long at = (page + index) * SegmentFormat.PAGE_BYTES;
    while (buffer.hasRemaining()) {
      int read = file.read(buffer, at);
      if (read <= 0) {
        break;
      }
      at += read;
    }
    Arrays.fill(bytes, buffer.position(), to, (byte) 0);
  }
}
