package io.ghostworks.journal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentTest {
  private static final int PAGE = SegmentFormat.PAGE_BYTES;
  private static final Path PATH = Path.of("/segment");
  private static final int FRAME_MAX = 4 * PAGE;

  private final SimulatedFileSystem files = new SimulatedFileSystem(1);

  @Test
  void givesBackFramesOfAnySizeOverPageBoundaries() throws IOException {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      List<byte[]> frames = new ArrayList<>();
      int size = 16 * PAGE;
      try (SegmentWriter writer = begin(1, size, random.nextLong(), 4096 + random.nextInt(PAGE))) {
        while (true) {
          byte[] frame = new byte[1 + random.nextInt(1 << random.nextInt(17))];
          random.nextBytes(frame);
          if (!writer.fits(frame.length)) {
            break;
          }
          writer.append(1 + frames.size(), frames.size(), frame, frame.length);
          frames.add(frame);
        }
        writer.flush();
        assertThat(writer.position()).isLessThanOrEqualTo(size);
      }
      try (SegmentReader reader = read(1)) {
        for (int i = 0; i < frames.size(); i++) {
          assertThat(reader.next(SegmentReader.UNKNOWN_END)).as("seed %d", seed).isEqualTo(i + 1);
          assertThat(Arrays.copyOf(reader.payload(), reader.payloadBytes()))
              .isEqualTo(frames.get(i));
        }
        assertThat(reader.next(SegmentReader.UNKNOWN_END)).isEqualTo(-1);
        assertThat(reader.framesDamaged()).isZero();
      }
    }
  }

  @Test
  void fillsASegmentToItsLastByte() throws IOException {
    int size = 4 * PAGE;
    int whole = Math.toIntExact(SegmentFormat.payloadBytesMax(size));
    try (SegmentWriter writer = begin(1, size, 5, PAGE)) {
      assertThat(writer.fits(whole)).isTrue();
      assertThat(writer.fits(whole + 1)).isFalse();
      writer.append(1, 0, new byte[whole], whole);
      writer.flush();
      assertThat(writer.position()).isEqualTo(size);
      assertThat(writer.fits(1)).isFalse();
    }
    try (SegmentReader reader = read(1)) {
      assertThat(reader.next(SegmentReader.UNKNOWN_END)).isEqualTo(1);
      assertThat(reader.payloadBytes()).isEqualTo(whole);
      assertThat(reader.next(SegmentReader.UNKNOWN_END)).isEqualTo(-1);
    }
  }

  @Test
  void neverReadsWhatAnotherSeedWrote() throws IOException {
    write(1, 50, 1_000, 7);
    try (FileHandle file = files.openForWriting(PATH)) {
      SegmentWriter.found(file, new SegmentHeader(2, 8, 1, 0));
    }
    try (SegmentReader reader = read(2)) {
      assertThat(reader.next(SegmentReader.UNKNOWN_END)).isEqualTo(-1);
    }
  }

  @Test
  void takesAMissingPageForATornTailWhenNothingSaysThatItWasDurable() throws IOException {
    try (SegmentWriter writer = begin(1, 8 * PAGE, 3, PAGE)) {
      for (int i = 1; i <= 100; i++) {
        writer.append(i, 0, new byte[1_000], 1_000);
      }
      writer.flush();
    }
    erasePage(2);
    try (SegmentReader reader = read(1)) {
      long last = readAll(reader, SegmentReader.UNKNOWN_END);
      assertThat(last).isBetween(20L, 40L);
      assertThat(reader.isTorn()).isTrue();
      assertThat(reader.framesDamaged()).isZero();
      assertThat(reader.nextSequence()).isEqualTo(last + 1);
    }
  }

  @Test
  void takesAMissingPageForDamageWhenALaterFrameSaysThatItWasDurable() throws IOException {
    write(1, 100, 1_000, 3);
    erasePage(2);
    try (SegmentReader reader = read(1)) {
      assertThat(readAll(reader, SegmentReader.UNKNOWN_END)).isEqualTo(100);
      assertThat(reader.isTorn()).isFalse();
      assertThat(reader.damages()).hasSize(1);
      assertThat(reader.damages().getFirst().count())
          .isEqualTo(reader.framesDamaged())
          .isBetween(30L, 35L);
    }
  }

  @Test
  void takesEverythingBelowAKnownEndForAcknowledged() throws IOException {
    write(1, 100, 1_000, 3);
    erasePage(3);
    erasePage(4);
    erasePage(5);
    try (SegmentReader reader = read(1)) {
      long last = readAll(reader, 91);
      assertThat(last).isLessThan(90);
      assertThat(reader.nextSequence()).isEqualTo(91);
      assertThat(reader.damages().getLast().toSequence()).isEqualTo(90);
    }
  }

  private static long readAll(SegmentReader reader, long end) throws IOException {
    long last = -1;
    for (long sequence = reader.next(end); sequence >= 0; sequence = reader.next(end)) {
      assertThat(sequence).isGreaterThan(last);
      last = sequence;
    }
    return last;
  }

  /** Frames of zeros, each durable before the next. */
  private void write(long segment, int frames, int length, long seed) throws IOException {
    try (SegmentWriter writer = begin(segment, 8 * PAGE, seed, PAGE)) {
      for (int i = 1; i <= frames; i++) {
        writer.append(i, i - 1L, new byte[length], length);
      }
      writer.flush();
      writer.force();
    }
  }

  private void erasePage(int page) throws IOException {
    try (FileHandle file = files.openForWriting(PATH)) {
      file.write(ByteBuffer.allocate(PAGE), (long) page * PAGE);
    }
  }

  private SegmentWriter begin(long segment, int size, long seed, int bufferBytes)
      throws IOException {
    files.createDirectories(PATH.getParent());
    files.deleteIfExists(PATH);
    FileHandle file = files.create(PATH);
    file.preallocate(size);
    SegmentHeader header = new SegmentHeader(segment, seed, 1, 0);
    SegmentWriter.found(file, header);
    return new SegmentWriter(file, header, size, ByteBuffer.allocate(bufferBytes));
  }

  private SegmentReader read(long segment) throws IOException {
    return SegmentReader.open(files.openForReading(PATH), segment, FRAME_MAX);
  }
}
