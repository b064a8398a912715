package io.ghostworks.server.queries;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * {@code queries.active} of the data directory: which queries run, so that the next start knows
 * which ones ran when the process died. Mapped into memory and never synced: it outlives the
 * process, and after a loss of power it may say less, which only costs a warning. Integers are
 * big-endian.
 *
 * <pre>
 * file := magic:u32 version:u8 zero:u8[2043] slot[n]        // slots of 2048 bytes, n = size / 2048 - 1
 * slot := length:u32 crc32c:u32 content:u8[length] rest     // the checksum covers the content
 * content := state:u8 rule:u8 strikes:u32 refusedUntilMs:i64 startedMs:i64 fingerprint:u8[16]
 *            tenantBytes:u8 tenant languageBytes:u8 language text
 * </pre>
 *
 * A slot of length 0 is free. State 1 runs, 2 is remembered from a stop before. A writer sets the
 * length to 0, then writes content and checksum, then the length; a slot whose checksum is wrong
 * was being written when the process died and counts as free. Written whole to a temporary file and
 * renamed at each start.
 */
final class ActiveQueryFile {
  static final String NAME = "queries.active";
  static final int SLOT_BYTES = 2048;

  private static final int MAGIC = 0x47574151; // GWAQ
  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 8;
  private static final int CONTENT_BYTES_MAX = SLOT_BYTES - HEAD_BYTES;
  private static final long FILE_BYTES_MAX = 4L << 20;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final MappedByteBuffer mapped;
  private final int slots;

  private ActiveQueryFile(MappedByteBuffer mapped, int slots) {
    this.mapped = mapped;
    this.slots = slots;
  }

  /**
   * What the file of an earlier process says; nothing if there is none or it is no such file.
   *
   * @throws IOException if it cannot be read
   */
  static List<ActiveQuerySlot> read(Path folder) throws IOException {
    Path path = folder.resolve(NAME);
    if (!Files.exists(path) || Files.size(path) > FILE_BYTES_MAX) {
      return List.of();
    }
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path));
    if (in.remaining() < SLOT_BYTES || in.getInt(0) != MAGIC || in.get(4) != VERSION) {
      return List.of();
    }
    List<ActiveQuerySlot> found = new ArrayList<>();
    for (int at = SLOT_BYTES; at + SLOT_BYTES <= in.limit(); at += SLOT_BYTES) {
      slot(in, at).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<ActiveQuerySlot> slot(ByteBuffer in, int at) {
    int length = in.getInt(at);
    if (length <= 0 || length > CONTENT_BYTES_MAX) {
      return Optional.empty();
    }
    byte[] content = new byte[length];
    in.get(at + HEAD_BYTES, content);
    return in.getInt(at + 4) == checksum(content)
        ? ActiveQuerySlot.decode(content)
        : Optional.empty();
  }

  /**
   * Replaces the file by one of free slots.
   *
   * @throws IOException if it cannot be written
   */
  static ActiveQueryFile create(Path folder, int slots) throws IOException {
    Path draft = folder.resolve(NAME + ".new");
    Files.deleteIfExists(draft);
    int size = (slots + 1) * SLOT_BYTES;
    try (FileChannel channel =
        FileChannel.open(
            draft,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OWNER_ONLY)) {
      // Written, not only sized: a page without a block on a full disk would end the process.
      ByteBuffer zeros = ByteBuffer.allocate(size).putInt(0, MAGIC).put(4, VERSION);
      while (zeros.hasRemaining()) {
        channel.write(zeros);
      }
      MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
      Files.move(
          draft,
          folder.resolve(NAME),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return new ActiveQueryFile(mapped, slots);
    }
  }

  int slots() {
    return slots;
  }

  /** Fills a slot; each slot is written by one thread at a time. */
  void put(int slot, ActiveQuerySlot query) {
    byte[] content = query.encode(CONTENT_BYTES_MAX);
    int at = position(slot);
    mapped.putInt(at, 0);
    mapped.put(at + HEAD_BYTES, content);
    mapped.putInt(at + 4, checksum(content));
    mapped.putInt(at, content.length);
  }

  void free(int slot) {
    mapped.putInt(position(slot), 0);
  }

  private static int position(int slot) {
    return (slot + 1) * SLOT_BYTES;
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }
}
