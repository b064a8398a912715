package io.ghostworks.records.text;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.bytes.ZstdFrames;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the streams that {@link StreamsWriter} packed; a frame is unpacked when its first stream is
 * asked for, and kept. Not thread-safe.
 */
final class Streams {

  private final byte[] bytes;
  private final int[] frameOffsets;
  private final int[] frameLengths;
  private final int[] frameRawLengths;
  private final byte[] @Nullable [] frames;
  private final int[] streamFrames;
  private final int[] streamOffsets;
  private final int[] streamLengths;

  /**
   * @param directory is at the directory, and is after it afterwards
   * @param content holds the frames from {@code offset} to {@code offset + length}
   * @param rawBytesMax the most bytes of all streams that are accepted
   */
  Streams(BytesInput directory, byte[] content, int offset, int length, long rawBytesMax)
      throws DamagedDataException {
    bytes = content;
    int count = directory.getVarint(directory.remaining());
    frameOffsets = new int[count];
    frameLengths = new int[count];
    frameRawLengths = new int[count];
    frames = new byte[count][];
    long raw = 0;
    int at = 0;
    for (int frame = 0; frame < count; frame++) {
      frameRawLengths[frame] = directory.getVarint(Integer.MAX_VALUE);
      frameLengths[frame] = directory.getVarint(Math.min(frameRawLengths[frame], length - at));
      frameOffsets[frame] = offset + at;
      at += frameLengths[frame];
      raw += frameRawLengths[frame];
    }
    if (raw > rawBytesMax) {
      throw new DamagedDataException(
          "streams must have at most %d bytes, got %d".formatted(rawBytesMax, raw));
    }
    int streams = directory.getVarint(directory.remaining());
    streamFrames = new int[streams];
    streamOffsets = new int[streams];
    streamLengths = new int[streams];
    int[] used = new int[count];
    for (int stream = 0; stream < streams; stream++) {
      int frame = directory.getVarint(count - 1);
      streamFrames[stream] = frame;
      streamOffsets[stream] = used[frame];
      streamLengths[stream] = directory.getVarint(frameRawLengths[frame] - used[frame]);
      used[frame] += streamLengths[stream];
    }
  }

  int count() {
    return streamFrames.length;
  }

  /** Bytes of a stream. */
  int length(int stream) {
    return streamLengths[stream];
  }

  /** Where a stream begins in {@link #array}. */
  int offset(int stream) {
    return streamOffsets[stream];
  }

  /** The array that holds a stream. */
  byte[] array(int stream) throws DamagedDataException {
    int frame = streamFrames[stream];
    byte[] unpacked = frames[frame];
    if (unpacked == null) {
      unpacked = unpacked(bytes, frameOffsets[frame], frameLengths[frame], frameRawLengths[frame]);
      frames[frame] = unpacked;
    }
    return unpacked;
  }

  /** Checks that a stream has a length, for a reader that knows how many values it holds. */
  void mustHave(int stream, long length) throws DamagedDataException {
    if (streamLengths[stream] != length) {
      throw new DamagedDataException(
          "stream %d of texts must have %d bytes, got %d"
              .formatted(stream, length, streamLengths[stream]));
    }
  }

  /** The bytes that {@link StreamsWriter#packed} made from this many. */
  static byte[] unpacked(byte[] bytes, int offset, int length, int rawLength)
      throws DamagedDataException {
    return length == rawLength
        ? Arrays.copyOfRange(bytes, offset, offset + length)
        : ZstdFrames.unpack(bytes, offset, length, rawLength);
  }
}
