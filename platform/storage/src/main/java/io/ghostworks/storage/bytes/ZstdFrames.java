package io.ghostworks.storage.bytes;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;

/**
 * Packs ranges of bytes as zstd frames of level 1, each with its content's size. What zstd needs to
 * do so is kept for each thread that packs, since making it anew costs more than packing a short
 * range; such threads are few and live long.
 */
public final class ZstdFrames {

  private static final int LEVEL = 1;
  private static final int KEPT_BYTES_MAX = 1 << 20;
  private static final ThreadLocal<ZstdFrames> OF_THREAD = ThreadLocal.withInitial(ZstdFrames::new);

  private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
  private byte[] target = new byte[1 << 12];

  private ZstdFrames() {}

  /** The frame of a range. */
  public static byte[] pack(byte[] bytes, int offset, int length) {
    return OF_THREAD.get().packed(bytes, offset, length);
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
