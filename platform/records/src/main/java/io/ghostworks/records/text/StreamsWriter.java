package io.ghostworks.records.text;

import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.ZstdFrames;
import java.util.Arrays;

/**
 * Packs many streams of bytes into few frames, so that a reader unpacks only what it needs: a long
 * stream has a frame of its own, short ones of the same kind share one. Streams are numbered in the
 * order in which they were added.
 *
 * <pre>
 * directory := frames:varint frame[frames] streams:varint stream[streams]
 * frame     := rawLength:varint length:varint     // equal: stored as it is; else zstd
 * stream    := frame:varint rawLength:varint      // the streams of a frame follow each other in it
 * </pre>
 */
final class StreamsWriter {

  /** Streams whose bytes look alike. */
  enum Kind {
    CODES(0),
    NUMBERS(1),
    LENGTHS(2),
    TEXT(3);

    private final int slot;

    Kind(int slot) {
      this.slot = slot;
    }
  }

  private static final int OWN_FRAME_BYTES = 4 << 10;
  private static final int SHARED_FRAME_BYTES = 64 << 10;
  private static final int PACKED_BYTES_MIN = 24;

  private final BytesOutput[] shared = new BytesOutput[Kind.values().length];
  private final int[] sharedFrame = new int[shared.length];
  private byte[][] frames = new byte[16][];
  private int[] frameRawLengths = new int[16];
  private int frameCount;
  private int[] streamFrames = new int[64];
  private int[] streamLengths = new int[64];
  private int streamCount;

  StreamsWriter(int limitBytes) {
    for (int i = 0; i < shared.length; i++) {
      shared[i] = new BytesOutput(1 << 12, limitBytes);
    }
    Arrays.fill(sharedFrame, -1);
  }

  void clear() {
    for (BytesOutput open : shared) {
      open.clear();
    }
    Arrays.fill(sharedFrame, -1);
    Arrays.fill(frames, null);
    frameCount = 0;
    streamCount = 0;
  }

  /** Adds the next stream. */
  void add(Kind kind, byte[] bytes, int offset, int length) {
    int frame;
    if (length >= OWN_FRAME_BYTES) {
      frame = newFrame();
      pack(frame, bytes, offset, length);
    } else {
      int slot = kind.slot;
      if (shared[slot].position() + length > SHARED_FRAME_BYTES) {
        closeShared(slot);
      }
      if (sharedFrame[slot] < 0) {
        sharedFrame[slot] = newFrame();
      }
      frame = sharedFrame[slot];
      shared[slot].putBytes(bytes, offset, length);
    }
    if (streamCount == streamFrames.length) {
      streamFrames = Arrays.copyOf(streamFrames, 2 * streamCount);
      streamLengths = Arrays.copyOf(streamLengths, 2 * streamCount);
    }
    streamFrames[streamCount] = frame;
    streamLengths[streamCount++] = length;
  }

  /** Appends the directory and, elsewhere, the frames. */
  void finish(BytesOutput directory, BytesOutput content) {
    for (int slot = 0; slot < shared.length; slot++) {
      closeShared(slot);
    }
    directory.putVarint(frameCount);
    for (int frame = 0; frame < frameCount; frame++) {
      directory.putVarint(frameRawLengths[frame]);
      directory.putVarint(frames[frame].length);
      content.putBytes(frames[frame]);
    }
    directory.putVarint(streamCount);
    for (int stream = 0; stream < streamCount; stream++) {
      directory.putVarint(streamFrames[stream]);
      directory.putVarint(streamLengths[stream]);
    }
  }

  private int newFrame() {
    if (frameCount == frames.length) {
      frames = Arrays.copyOf(frames, 2 * frameCount);
      frameRawLengths = Arrays.copyOf(frameRawLengths, 2 * frameCount);
    }
    return frameCount++;
  }

  private void closeShared(int slot) {
    if (sharedFrame[slot] >= 0) {
      pack(sharedFrame[slot], shared[slot].array(), 0, shared[slot].position());
      shared[slot].clear();
      sharedFrame[slot] = -1;
    }
  }

  private void pack(int frame, byte[] bytes, int offset, int length) {
    frameRawLengths[frame] = length;
    frames[frame] = packed(bytes, offset, length);
  }

  /** The zstd form of a range, or a copy of it where that is not shorter. */
  static byte[] packed(byte[] bytes, int offset, int length) {
    if (length >= PACKED_BYTES_MIN) {
      byte[] packed = ZstdFrames.pack(bytes, offset, length);
      if (packed.length < length) {
        return packed;
      }
    }
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }
}
