package io.ghostworks.journal.segment;

import io.ghostworks.storage.file.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A few consecutive pages of a segment in memory, loaded as a reader moves on. What lies after the
 * end of the file, and a page that the disk cannot read, is zeros, which verify as nothing.
 */
final class PageWindow {
  /** Pages read at once: sequential reading in pieces that a disk likes. */
  static final int PAGES = 8;

  private final byte[] bytes = new byte[PAGES * SegmentFormat.PAGE_BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private FileHandle file;
  private long firstPage = -1;
  private long pages;
  private boolean unreadable;

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

  /** Whether the disk refused to read a page by itself. */
  boolean isUnreadable() {
    return unreadable;
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
  int load(long page) {
    if (firstPage < 0 || page < firstPage || page >= firstPage + PAGES) {
      firstPage = page;
      if (!read(0, PAGES)) {
        for (int i = 0; i < PAGES; i++) {
          read(i, 1);
        }
      }
    }
    return (int) (page - firstPage) * SegmentFormat.PAGE_BYTES;
  }

  private boolean read(int index, int count) {
    int from = index * SegmentFormat.PAGE_BYTES;
    int to = from + count * SegmentFormat.PAGE_BYTES;
    buffer.limit(to).position(from);
    boolean readable = true;
    try {
      long at = (firstPage + index) * SegmentFormat.PAGE_BYTES;
      while (buffer.hasRemaining()) {
        int read = file.read(buffer, at);
        if (read <= 0) {
          break;
        }
        at += read;
      }
    } catch (IOException e) {
      // A page that the disk gives no more is damage like any other: the caller finds that it does
      // not verify.
      readable = false;
      unreadable |= count == 1;
    }
    Arrays.fill(bytes, buffer.position(), to, (byte) 0);
    return readable;
  }
}
