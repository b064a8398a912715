package io.ghostworks.storage.manifest;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.Crc32c;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a {@link Manifest}. Integers are little-endian.
 *
 * <pre>
 * file  := magic:u32 "GWMF" version:u16 (1) kind:u16 length:u32 body crc32c:u32   // the checksum covers all before it
 * body  := generation:u64 journalSequence:u64 metadata:bytes count:varint entry[count]
 * entry := name:bytes kind:varint level:varint metadata:bytes                       // names unique, in the engine's order
 * bytes := length:varint byte[length]
 * </pre>
 *
 * {@code length} is that of the body; {@code kind} tells whose manifest it is. The file ends after
 * the checksum.
 */
final class ManifestCodec {
  /** The largest file that a reader allocates for. */
  static final int SIZE_BYTES_MAX = 256 << 20;

  /** "GWMF" read as a little-endian integer. */
  private static final int MAGIC = 0x464D5747;

  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 12;

  private final int kind;
  private final Crc32c crc = new Crc32c();

  ManifestCodec(int kind) {
    this.kind = kind;
  }

  byte[] encode(Manifest manifest) {
    BytesOutput out = new BytesOutput(4096, SIZE_BYTES_MAX);
    out.putInt(MAGIC);
    out.putShort(VERSION);
    out.putShort(kind);
    out.putInt(0);
    out.putLong(manifest.generation());
    out.putLong(manifest.journalSequence());
    out.putLengthAndBytes(manifest.metadata(), 0, manifest.metadata().length);
    out.putVarint(manifest.files().size());
    for (ManifestFile file : manifest.files()) {
      out.putString(file.name());
      out.putVarint(file.kind());
      out.putVarint(file.level());
      out.putLengthAndBytes(file.metadata(), 0, file.metadata().length);
    }
    out.setInt(HEADER_BYTES - Integer.BYTES, out.position() - HEADER_BYTES);
    out.putInt(crc.of(out.array(), 0, out.position()));
    return out.toByteArray();
  }

  Manifest decode(Path path, byte[] bytes) throws DamagedDataException {
    try {
      return decode(bytes);
    } catch (DamagedDataException | IllegalArgumentException e) {
      throw new DamagedDataException(
          "%s is damaged: %s. Restore the directory from a backup; files beside it were left untouched"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private Manifest decode(byte[] bytes) throws DamagedDataException {
    BytesInput in = new BytesInput(bytes);
    if (in.getInt() != MAGIC) {
      throw new DamagedDataException("it does not begin as a manifest does");
    }
    int version = in.getShort();
    if (version != VERSION) {
      throw new DamagedDataException(
          "this release reads manifests of version %d, got %d".formatted(VERSION, version));
    }
    int foundKind = in.getShort();
    int length = in.getInt();
    if (length != bytes.length - HEADER_BYTES - Integer.BYTES) {
      throw new DamagedDataException(
          "its length at offset 8 must be that of the file, got " + length);
    }
    int expectedCrc = new BytesInput(bytes, bytes.length - Integer.BYTES, Integer.BYTES).getInt();
    if (crc.of(bytes, 0, bytes.length - Integer.BYTES) != expectedCrc) {
      throw new DamagedDataException("its checksum does not match");
    }
    if (foundKind != kind) {
      throw new DamagedDataException(
          "kind %d is expected at offset 6, got %d".formatted(kind, foundKind));
    }
    return body(in);
  }

  private static Manifest body(BytesInput in) throws DamagedDataException {
    long generation = in.getLong();
    long journalSequence = in.getLong();
    byte[] metadata = in.getLengthAndBytes();
    int count = in.getVarint(Manifest.FILES_MAX);
    List<ManifestFile> files = new ArrayList<>(Math.min(count, in.remaining()));
    for (int i = 0; i < count; i++) {
      files.add(
          new ManifestFile(
              in.getString(),
              in.getVarint(Integer.MAX_VALUE),
              in.getVarint(Integer.MAX_VALUE),
              in.getLengthAndBytes()));
    }
    return new Manifest(generation, journalSequence, files, metadata);
  }
}
