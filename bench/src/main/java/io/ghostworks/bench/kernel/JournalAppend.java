package io.ghostworks.bench.kernel;

import io.ghostworks.journal.FileJournal;
import io.ghostworks.journal.FrameHandler;
import io.ghostworks.journal.JournalListener;
import io.ghostworks.journal.JournalOptions;
import io.ghostworks.storage.bytes.BytesInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Frames of 1 KiB, durable in groups and applied, nanoseconds a frame; and their replay. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JournalAppend {

  private static final int FRAMES = 1_024;
  private static final int REPLAYED_FRAMES = 65_536;

  private final byte[] payload = new byte[1_024];

  public JournalAppend() {
    new Random(42).nextBytes(payload);
  }

  /** A journal that is written. */
  @State(Scope.Benchmark)
  public static class Written {
    private final Workspace workspace = Workspace.create();
    private final FileJournal journal = started(workspace);

    @TearDown
    public void close() throws IOException {
      journal.close();
      workspace.close();
    }
  }

  /** A journal full of frames. */
  @State(Scope.Benchmark)
  public static class Full {
    private final Workspace workspace = Workspace.create();

    public Full() {
      JournalAppend frames = new JournalAppend();
      try (FileJournal journal = started(workspace)) {
        for (int i = 0; i < REPLAYED_FRAMES / FRAMES; i++) {
          frames.append(journal);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the journal cannot be written", e);
      }
    }

    @TearDown
    public void close() throws IOException {
      workspace.close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long append(Written written) throws IOException {
    append(written.journal);
    written.journal.release(written.journal.appliedSequence());
    return written.journal.appliedSequence();
  }

  @Benchmark
  @OperationsPerInvocation(REPLAYED_FRAMES)
  public long replay(Full full) throws IOException {
    Counting counting = new Counting();
    try (FileJournal journal = open(full.workspace)) {
      journal.replay(0, counting);
    }
    if (counting.frames != REPLAYED_FRAMES) {
      throw new IllegalStateException("%d frames were replayed".formatted(counting.frames));
    }
    return counting.bytes;
  }

  private void append(FileJournal journal) {
    CompletableFuture<?>[] answers = new CompletableFuture<?>[FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      answers[i] = journal.append((dictionary, out) -> out.putBytes(payload), sequence -> {});
    }
    CompletableFuture.allOf(answers).join();
  }

  private static FileJournal started(Workspace workspace) {
    try {
      FileJournal journal = open(workspace);
      journal.replay(0, new Counting());
      return journal.start();
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be opened", e);
    }
  }

  private static FileJournal open(Workspace workspace) throws IOException {
    return FileJournal.open(
        workspace.journal("bench" + System.nanoTime()),
        workspace.folder().resolve("journal"),
        JournalOptions.defaults(),
        JournalListener.NONE);
  }

  /** Counts what a replay gives. */
  private static final class Counting implements FrameHandler {
    private int frames;
    private long bytes;

    @Override
    public void segmentStarted(long segment) {}

    @Override
    public void definitions(long sequence, BytesInput in) {}

    @Override
    public void frame(long sequence, BytesInput in) {
      frames++;
      bytes += in.remaining();
    }
  }
}
