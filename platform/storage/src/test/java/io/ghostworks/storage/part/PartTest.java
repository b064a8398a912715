package io.ghostworks.storage.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.SimulatedFault;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartTest {
  private static final Path DIRECTORY = Path.of("/parts");
  private static final Path PATH = DIRECTORY.resolve("1.part");
  private static final int KIND = 7;

  private final SimulatedFileSystem files = new SimulatedFileSystem(1);

  @Test
  void givesBackSectionsOfAnySize() throws IOException {
    Map<String, byte[]> sections = sections(new Random(1));
    write(sections);
    files.crash();
    try (PartReader reader = PartReader.open(files, PATH, KIND)) {
      assertThat(reader.kindVersion()).isEqualTo(3);
      assertThat(reader.sections())
          .extracting(PartSection::name)
          .containsExactlyElementsOf(sections.keySet());
      assertThat(reader.sizeBytes()).isEqualTo(files.sizeBytes(PATH));
      for (Map.Entry<String, byte[]> section : sections.entrySet()) {
        byte[] expected = section.getValue();
        reader.verify(section.getKey());
        assertThat(reader.section(section.getKey()).offset() % 8).isZero();
        assertThat(reader.read(section.getKey(), 1 << 20).getBytes(expected.length))
            .isEqualTo(expected);
        MemorySegment mapped = reader.map(section.getKey());
        assertThat(mapped.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
      }
      ByteBuffer piece = ByteBuffer.allocate(10);
      reader.read("large", 1000, piece);
      assertThat(piece.array()).isEqualTo(Arrays.copyOfRange(sections.get("large"), 1000, 1010));
    }
  }

  @Test
  void refusesReadsOutsideASectionAndSectionsThatAreTooLargeOrMissing() throws IOException {
    write(sections(new Random(1)));
    try (PartReader reader = PartReader.open(files, PATH, KIND)) {
      assertThat(reader.has("absent")).isFalse();
      assertThatThrownBy(() -> reader.section("absent")).isInstanceOf(DamagedDataException.class);
      assertThatThrownBy(() -> reader.read("large", 1000))
          .hasMessageContaining("at most 1000 bytes");
      long length = reader.section("large").lengthBytes();
      assertThatThrownBy(() -> reader.read("large", length - 3, ByteBuffer.allocate(4)))
          .isInstanceOf(DamagedDataException.class);
    }
  }

  @Test
  void refusesAnotherKind() throws IOException {
    write(sections(new Random(1)));
    assertThatThrownBy(() -> PartReader.open(files, PATH, KIND + 1))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining("kind 8");
  }

  @Test
  void refusesWhatACrashLeftUnfinished() throws IOException {
    files.createDirectories(DIRECTORY);
    try (PartWriter writer = PartWriter.create(files, PATH, KIND, 3)) {
      writer.beginSection("a");
      writer.write(new byte[PartWriter.BUFFER_BYTES * 2], 0, PartWriter.BUFFER_BYTES * 2);
      writer.endSection();
    }
    assertThatThrownBy(() -> PartReader.open(files, PATH, KIND))
        .isInstanceOf(DamagedDataException.class);
  }

  @Test
  void refusesTheWrongOrderOfCalls() throws IOException {
    files.createDirectories(DIRECTORY);
    try (PartWriter writer = PartWriter.create(files, PATH, KIND, 3)) {
      assertThatThrownBy(() -> writer.write(new byte[1], 0, 1))
          .isInstanceOf(IllegalStateException.class);
      writer.beginSection("a");
      assertThatThrownBy(() -> writer.beginSection("b")).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
      writer.endSection();
      assertThatThrownBy(() -> writer.beginSection("a")).hasMessageContaining("unique");
      assertThatThrownBy(() -> new PartSection("a b", 0, 0, 0)).hasMessageContaining("ASCII");
    }
  }

  @Test
  void findsEveryFlippedBit() throws IOException {
    long seed = Long.getLong("ghostworks.seed", 2);
    Random random = new Random(seed);
    Map<String, byte[]> sections = sections(random);
    write(sections);
    long bits = 8 * files.sizeBytes(PATH);
    for (int i = 0; i < 2_000; i++) {
      // Half of the flips near the ends, where header, footer and trailer are.
      long bit = random.nextBoolean() ? random.nextLong(bits) : bits - 1 - random.nextLong(1500);
      files.flipBit(PATH, bit);
      try (PartReader reader = PartReader.open(files, PATH, KIND)) {
        for (Map.Entry<String, byte[]> section : sections.entrySet()) {
          BytesInput in = reader.read(section.getKey(), 1 << 20);
          assertThat(in.getBytes(in.remaining()))
              .as("seed %d, bit %d", seed, bit)
              .isEqualTo(section.getValue());
        }
        assertThat(isPadding(reader, bit / 8))
            .as("seed %d, bit %d is read as good", seed, bit)
            .isTrue();
      } catch (DamagedDataException e) {
        assertThat(e).hasMessageContaining("damaged");
      }
      files.flipBit(PATH, bit);
    }
  }

  @Test
  void failsWhenAnyCallFails() throws IOException {
    write(sections(new Random(1)));
    long calls = files.calls();
    for (long call = 2; call <= calls; call++) {
      SimulatedFileSystem failing = new SimulatedFileSystem(call);
      failing.createDirectories(DIRECTORY);
      failing.failCall(call, SimulatedFault.IO_ERROR);
      assertThatThrownBy(() -> write(failing, sections(new Random(1))))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void framesBlocksWithAChecksumEach() throws IOException {
    BlockFraming framing = new BlockFraming();
    BytesOutput out = new BytesOutput(64, 4096);
    byte[] first = {1, 2, 3};
    byte[] second = new byte[100];
    framing.put(out, first, 0, 3);
    framing.put(out, second, 0, 100);
    byte[] bytes = out.toByteArray();
    BytesInput in = new BytesInput(bytes);
    BytesInput content = new BytesInput(new byte[0]);
    framing.get(in, content);
    assertThat(content.getBytes(content.remaining())).isEqualTo(first);
    framing.get(in, content);
    assertThat(content.remaining()).isEqualTo(100);
    for (int bit = 0; bit < 8 * (BlockFraming.HEADER_BYTES + 3); bit++) {
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> framing.get(new BytesInput(bytes), content))
          .isInstanceOf(DamagedDataException.class);
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }
  }

  private static boolean isPadding(PartReader reader, long at) {
    return at >= 16
        && reader.sections().stream()
            .noneMatch(s -> at >= s.offset() && at < s.offset() + s.lengthBytes())
        && at < reader.sizeBytes() - 16;
  }

  private static Map<String, byte[]> sections(Random random) {
    Map<String, byte[]> sections = new LinkedHashMap<>();
    sections.put("empty", new byte[0]);
    sections.put("one", new byte[] {42});
    byte[] large = new byte[5_000];
    random.nextBytes(large);
    sections.put("large", large);
    byte[] last = new byte[131];
    random.nextBytes(last);
    sections.put("last", last);
    return sections;
  }

  private void write(Map<String, byte[]> sections) throws IOException {
    files.createDirectories(DIRECTORY);
    write(files, sections);
  }

  private static void write(SimulatedFileSystem target, Map<String, byte[]> sections)
      throws IOException {
    try (PartWriter writer = PartWriter.create(target, PATH, KIND, 3)) {
      for (Map.Entry<String, byte[]> section : sections.entrySet()) {
        writer.beginSection(section.getKey());
        int half = section.getValue().length / 2;
        writer.write(section.getValue(), 0, half);
        assertThat(writer.sectionPosition()).isEqualTo(half);
        writer.write(ByteBuffer.wrap(section.getValue(), half, section.getValue().length - half));
        writer.endSection();
      }
      writer.finish();
    }
    try (FileHandle file = target.openForReading(PATH)) {
      assertThat(file.sizeBytes()).isPositive();
    }
  }
}
