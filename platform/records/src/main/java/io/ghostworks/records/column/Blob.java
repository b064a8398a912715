package io.ghostworks.records.column;

import com.github.luben.zstd.Zstd;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.bytes.ZstdFrames;

/**
 * Bytes, compressed where that makes them smaller.
 *
 * <pre>
 * blob := length:varint stored:varint bytes      // stored = 0: the bytes as they are; else so many bytes of zstd
 * </pre>
 */
public final class Blob {

  /**
   * More bytes than a block's rows can have: a block ends at 8 MiB, and a row is at most a journal
   * frame.
   */
  public static final int BYTES_MAX = 64 << 20;

  private static final int WORTH_COMPRESSING = 48;

  private Blob() {}

  public static void put(BytesOutput out, byte[] bytes, int offset, int length) {
    out.putVarint(length);
    if (length >= WORTH_COMPRESSING) {
      byte[] stored = ZstdFrames.pack(bytes, offset, length);
      if (stored.length < length - length / 16) {
        out.putLengthAndBytes(stored, 0, stored.length);
        return;
      }
    }
    out.putVarint(0);
    out.putBytes(bytes, offset, length);
  }

  /**
   * @throws DamagedDataException if the bytes are no blob
   */
  public static BytesInput get(BytesInput in) throws DamagedDataException {
    int length = in.getVarint(BYTES_MAX);
    int stored = in.getVarint(in.remaining());
    int from = in.arrayOffset();
    if (stored == 0) {
      in.skip(length);
      return new BytesInput(in.array(), from, length);
    }
    in.skip(stored);
    long known = Zstd.getFrameContentSize(in.array(), from, stored);
    if (known != length) {
      throw new DamagedDataException(
          "compressed bytes must be %d, their frame says %d, before offset %d"
              .formatted(length, known, in.position()));
    }
    return new BytesInput(ZstdFrames.unpack(in.array(), from, stored, length));
  }
}
