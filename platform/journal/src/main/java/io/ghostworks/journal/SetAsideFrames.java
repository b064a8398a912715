package io.ghostworks.journal;

import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.Crc32c;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Frames on which the engine failed twice, kept in files beside the journal so that somebody can
 * look at them; a later replay does not apply them. Integers are little-endian.
 *
 * <pre>
 * file    := magic:u32 "GWSA" version:u16 (1) zero:u16 segment:u64 sequence:u64 cause:string length:u32
 *            payload[length] crc32c:u32          // the checksum covers all bytes before it
 * string  := length:varint utf8[length]
 * name    := sequence as 16 decimal digits ".frame"
 * </pre>
 *
 * Written to a temporary file, synced, then renamed. A frame that finds no room within the bytes
 * allowed is only counted. Nobody but the operator removes these files. Safe for use by many
 * threads.
 */
final class SetAsideFrames {
  private static final String SUFFIX = ".frame";
  private static final int MAGIC = 0x41535747;
  private static final int VERSION = 1;
  private static final int CAUSE_CHARS_MAX = 2000;
  private static final int OVERHEAD_BYTES = 8192;

  private final FileSystem files;
  private final Path directory;
  private final long bytesMax;
  private final Set<Long> sequences = ConcurrentHashMap.newKeySet();
  private long bytes;

  SetAsideFrames(FileSystem files, Path directory, long bytesMax) {
    this.files = files;
    this.directory = directory;
    this.bytesMax = bytesMax;
  }

  synchronized void load() throws IOException {
    if (!files.exists(directory)) {
      return;
    }
    for (String name : files.list(directory)) {
      if (name.endsWith(SUFFIX) && name.length() == 16 + SUFFIX.length()) {
        sequences.add(Long.parseLong(name.substring(0, 16)));
        bytes += files.sizeBytes(directory.resolve(name));
      }
    }
  }

  boolean contains(long sequence) {
    return sequences.contains(sequence);
  }

  /**
   * The journal no longer holds frames up to a sequence, so nobody asks for them; their files stay.
   */
  void forget(long throughSequence) {
    sequences.removeIf(sequence -> sequence <= throughSequence);
  }

  /** From now on the frame counts as set aside, whether or not it can be kept. */
  void note(long sequence) {
    sequences.add(sequence);
  }

  synchronized void keep(long segment, long sequence, byte[] payload, int length, Throwable cause)
      throws IOException {
    sequences.add(sequence);
    if (bytes + length + OVERHEAD_BYTES > bytesMax) {
      return;
    }
    BytesOutput out = new BytesOutput(length + 1024, length + OVERHEAD_BYTES);
    out.putInt(MAGIC);
    out.putShort(VERSION);
    out.putShort(0);
    out.putLong(segment);
    out.putLong(sequence);
    String text = cause.toString();
    out.putString(text.substring(0, Math.min(text.length(), CAUSE_CHARS_MAX)));
    out.putInt(length);
    out.putBytes(payload, 0, length);
    out.putInt(new Crc32c().of(out.array(), 0, out.position()));
    write(sequence, out.toByteArray());
    bytes += out.position();
  }

  private void write(long sequence, byte[] content) throws IOException {
    files.createDirectories(directory);
    Path temporary = directory.resolve("frame.tmp");
    files.deleteIfExists(temporary);
    try (FileHandle file = files.create(temporary)) {
      file.write(ByteBuffer.wrap(content), 0);
      file.force(true);
    }
    files.rename(temporary, directory.resolve("%016d%s".formatted(sequence, SUFFIX)));
    files.syncDirectory(directory);
  }
}
