package io.ghostworks.storage.bytes;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;

/**
 * Packs ranges of bytes as zstd frames of level 1, each with its content's size, and unpacks them.
 * What zstd needs to do so is kept for each platform thread that asks, since making it anew costs
 * more than a short range does (10 of 12 microseconds for 4 KiB); such threads are few and live
 * long.
 */
public final class ZstdFrames {

  private static final int LEVEL = 1;
  private static final int KEPT_BYTES_MAX = 1 << 20;
  private static final ThreadLocal<ZstdFrames> OF_THREAD = ThreadLocal.withInitial(ZstdFrames::new);

  private static final ThreadLocal<ZstdDecompressCtx> UNPACKING =
      ThreadLocal.withInitial(ZstdDecompressCtx::new);

  private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
  private byte[] target = new byte[1 << 12];

  private ZstdFrames() {}

  /** The frame of a range. */
  public static byte[] pack(byte[] bytes, int offset, int length) {
    return OF_THREAD.get().packed(bytes, offset, length);
  }

  /**
   * Unpacks a frame.
   *
   * @param rawLength bytes of its content; the caller bounds it
   * @throws DamagedDataException if it is no frame of content of that length
   */
  public static byte[] unpack(byte[] bytes, int offset, int length, int rawLength)
      throws DamagedDataException {
    byte[] raw = new byte[rawLength];
    long got;
    try {
      got =
          Thread.currentThread().isVirtual()
              ? Zstd.decompressByteArray(raw, 0, rawLength, bytes, offset, length)
              : UNPACKING.get().decompressByteArray(raw, 0, rawLength, bytes, offset, length);
    } catch (ZstdException e) {
      throw new DamagedDataException("a frame cannot be unpacked: " + e.getMessage(), e);
    }
    if (got != rawLength) {
      throw new DamagedDataException(
          "a frame must unpack to %d bytes, got %s"
              .formatted(rawLength, Zstd.isError(got) ? Zstd.getErrorName(got) : got));
    }
    return raw;
  }

  private byte[] packed(byte[] bytes, int offset, int length) {
    int bound = Math.toIntExact(Zstd.compressBound(length));
    byte[] room = target;
    if (room.length < bound) {
      room = new byte[bound];
      if (bound <= KEPT_BYTES_MAX) {
        target = room;
      }
    }
    int size = context.compressByteArray(room, 0, room.length, bytes, offset, length);
    return Arrays.copyOf(room, size);
  }
}
