package io.ghostworks.journal;

import io.ghostworks.journal.segment.DamagedFrames;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.directory.DiskSpaceLimits;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * A journal on a simulated disk with small segments, and an engine that remembers frames as text.
 */
final class JournalFixture {
  static final Path DIRECTORY = Path.of("/data/journal");
  static final int PAGE = 32 * 1024;

  final SimulatedFileSystem files;
  final SimulatedTime time = new SimulatedTime(1_800_000_000_000L);
  final MemoryBudget memory = new MemoryLedger().open("journal", 16 << 20);
  final DiskSpaceGuard disk;
  final Heard heard = new Heard();
  final Map<Long, String> applied = new TreeMap<>();
  final Random random;
  LongSupplier readThrough = () -> Long.MAX_VALUE;
  JournalOptions options =
      JournalOptions.defaults().withSegmentBytes(4 * PAGE, PAGE).withBytesMax(32L * 4 * PAGE);

  JournalFixture(long seed) {
    this(seed, new DiskSpaceLimits(2, 1, 0, 0));
  }

  JournalFixture(long seed, DiskSpaceLimits limits) {
    files = new SimulatedFileSystem(seed);
    random = new Random(seed);
    disk = new DiskSpaceGuard(files, Path.of("/"), limits);
  }

  FileJournal open() throws IOException {
    JournalEnvironment environment =
        new JournalEnvironment(files, time, random, disk, memory, Runnable::run)
            .withReadThrough(readThrough);
    return FileJournal.open(environment, DIRECTORY, options, heard);
  }

  /** Opens and replays everything after a sequence into {@link #applied}. */
  FileJournal openAndReplay(long afterSequence) throws IOException {
    FileJournal journal = open();
    try {
      journal.replay(afterSequence, new TextHandler(applied));
      return journal;
    } catch (IOException e) {
      closeQuietly(journal);
      throw e;
    }
  }

  void append(FileJournal journal, String text) {
    var _ = journal.append(text(text), sequence -> applied.put(sequence, text));
  }

  void append(FileJournal journal, String text, int paddingBytes) {
    var _ = journal.append(padded(text, paddingBytes), sequence -> applied.put(sequence, text));
  }

  static void closeQuietly(FileJournal journal) {
    try {
      journal.close();
    } catch (IOException e) {
      // Of no interest to the test at hand.
    }
  }

  static FrameWriter text(String text) {
    return (dictionary, out) -> out.putString(text);
  }

  /**
   * A frame with a text and padding that follows from it, so that the text alone tells whether a
   * frame is right.
   */
  static FrameWriter padded(String text, int paddingBytes) {
    return (dictionary, out) -> {
      out.putString(text);
      for (int i = 0; i < paddingBytes; i++) {
        out.putByte(padding(text, i));
      }
    };
  }

  private static int padding(String text, int index) {
    return (text.hashCode() + index * 31) & 0xFF;
  }

  /** Puts each frame's text into a map, after checking its padding. */
  static class TextHandler implements FrameHandler {
    final Map<Long, String> frames;
    final List<Long> segments = new ArrayList<>();

    TextHandler(Map<Long, String> frames) {
      this.frames = frames;
    }

    @Override
    public void segmentStarted(long segment) {
      segments.add(segment);
    }

    @Override
    public void definitions(long sequence, BytesInput in) {}

    @Override
    public void frame(long sequence, BytesInput in) throws DamagedDataException {
      String text = in.getString();
      int paddingBytes = in.remaining();
      for (int i = 0; i < paddingBytes; i++) {
        if (in.getByte() != padding(text, i)) {
          throw new AssertionError(
              "frame %d is wrong at byte %d".formatted(sequence, in.position()));
        }
      }
      if (frames.put(sequence, text) != null) {
        throw new IllegalStateException("frame %d came twice".formatted(sequence));
      }
    }
  }

  /** Remembers what the journal said. */
  static final class Heard implements JournalListener {
    final List<Long> flushes = new ArrayList<>();
    final List<DamagedFrames> damaged = new ArrayList<>();
    final List<Long> setAside = new ArrayList<>();
    final List<Long> failedSegments = new ArrayList<>();
    final List<IOException> upkeep = new ArrayList<>();

    @Override
    public void flushWanted(long throughSequence) {
      flushes.add(throughSequence);
    }

    @Override
    public void damaged(DamagedFrames frames) {
      damaged.add(frames);
    }

    @Override
    public void setAside(long sequence, Throwable cause) {
      setAside.add(sequence);
    }

    @Override
    public void segmentFailed(long segment, IOException cause) {
      failedSegments.add(segment);
    }

    @Override
    public void upkeepFailed(IOException cause) {
      upkeep.add(cause);
    }
  }
}
