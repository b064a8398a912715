package io.ghostworks.journal;

import io.ghostworks.model.TelemetryTail;
import io.ghostworks.storage.bytes.BytesInput;
import java.io.IOException;

/**
 * Gives the frames of a journal again as the batches that they were made of. Not thread-safe;
 * closes the journal's tail with it.
 *
 * @param <B> the kind of batch
 */
public final class BatchCursor<B> implements TelemetryTail.Cursor<B> {
  private final JournalTail tail;
  private final Decoder<B> decoder;

  public BatchCursor(JournalTail tail, Decoder<B> decoder) {
    this.tail = tail;
    this.decoder = decoder;
  }

  /**
   * What an engine knows of its frames. One cursor's own: it may keep what a segment defines.
   *
   * @param <B> the kind of batch
   */
  public interface Decoder<B> {
    /** As in {@link FrameHandler}. */
    default void segmentStarted() {}

    /** As in {@link FrameHandler}. */
    default void definitions(BytesInput in) throws IOException {}

    /** Gives a frame's batch to the reader and answers as it does; true for a frame without one. */
    boolean frame(long sequence, BytesInput in, TelemetryTail.Reader<B> reader) throws IOException;
  }

  @Override
  public void read(TelemetryTail.Reader<B> reader) throws IOException {
    Frames frames = new Frames(reader);
    while (frames.goesOn && tail.read(frames, 1) > 0) {
      // Each frame goes to the reader on its way.
    }
  }

  @Override
  public long position() {
    return tail.position();
  }

  @Override
  public long framesMissed() {
    return tail.framesMissed();
  }

  @Override
  public void close() throws IOException {
    tail.close();
  }

  private final class Frames implements FrameHandler {
    private final TelemetryTail.Reader<B> reader;
    private boolean goesOn = true;

    Frames(TelemetryTail.Reader<B> reader) {
      this.reader = reader;
    }

    @Override
    public void segmentStarted(long segment) {
      decoder.segmentStarted();
    }

    @Override
    public void definitions(long sequence, BytesInput in) throws IOException {
      decoder.definitions(in);
    }

    @Override
    public void frame(long sequence, BytesInput in) throws IOException {
      goesOn = decoder.frame(sequence, in, reader);
    }
  }
}
