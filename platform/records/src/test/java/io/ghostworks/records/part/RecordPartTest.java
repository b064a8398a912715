package io.ghostworks.records.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.records.batch.RandomRecords;
import io.ghostworks.records.batch.SpanSchema;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordPartTest {
  private static final Path DIRECTORY = Path.of("/data/records");
  private static final Path FILE = DIRECTORY.resolve("traces-000000000001.part");
  private static final int KIND = 7;
  private static final long START = 1_800_000_000_000_000_000L;

  private final SimulatedFileSystem files = new SimulatedFileSystem(1);
  private final List<SpanBatch> batches = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    files.createDirectories(DIRECTORY);
    RandomRecords records = new RandomRecords(new Random(2));
    try (RecordPartWriter<SpanBatch> writer =
        RecordPartWriter.create(files, FILE, KIND, new SpanSchema())) {
      for (int i = 0; i < 4; i++) {
        SpanBatch batch = records.spans(30, START, 60);
        batches.add(batch);
        writer.add(new TenantId(i < 3 ? "acme" : "globex"), batch);
      }
      writer.finish();
    }
  }

  @Test
  void givesBackBlocksTenantsAndTimes() throws IOException {
    RecordPart<SpanBatch> part = open();
    assertThat(part.blocks()).isEqualTo(4);
    assertThat(part.tenant(2)).isEqualTo(new TenantId("acme"));
    assertThat(part.tenant(3)).isEqualTo(new TenantId("globex"));
    for (int block = 0; block < 4; block++) {
      assertThat(texts(part.read(block))).isEqualTo(texts(batches.get(block)));
      assertThat(part.minTimeNanos(block)).isBetween(START, part.maxTimeNanos(block));
    }
    part.retire(false);
  }

  @Test
  void findsTheBlocksOfEveryTrace() throws IOException {
    RecordPart<SpanBatch> part = open();
    for (long high = 0; high <= 41; high++) {
      TreeSet<Integer> expected = new TreeSet<>();
      for (int block = 0; block < 4; block++) {
        for (int row = 0; row < 30; row++) {
          if (batches.get(block).traceIdHigh(row) == high) {
            expected.add(block);
          }
        }
      }
      assertThat(part.blocksOfTrace(high, 7))
          .containsExactly(expected.stream().mapToInt(Integer::intValue).toArray());
      assertThat(part.blocksOfTrace(high, 8)).isEmpty();
    }
    part.retire(false);
  }

  @Test
  void neverGivesWrongRowsWhicheverByteIsDamaged() throws IOException {
    long bytes = files.content(FILE).length;
    Random random = new Random(3);
    int reported = 0;
    for (long at = 0; at < bytes; at += 1 + random.nextInt(9)) {
      long bit = at * 8 + random.nextInt(8);
      files.flipBit(FILE, bit);
      reported += isReported() ? 1 : 0;
      files.flipBit(FILE, bit);
    }
    assertThat(reported).isGreaterThan((int) (bytes / 6));
  }

  private boolean isReported() throws IOException {
    RecordPart<SpanBatch> part;
    try {
      part = open();
    } catch (DamagedDataException e) {
      assertThat(e).hasMessageContaining(FILE.toString());
      return true;
    }
    try {
      for (int block = 0; block < 4; block++) {
        assertThat(texts(part.read(block))).isEqualTo(texts(batches.get(block)));
      }
      return false;
    } catch (UncheckedIOException e) {
      assertThat(e).hasMessageContaining(FILE.toString()).hasMessageContaining("offset");
      return true;
    } finally {
      part.retire(false);
    }
  }

  @Test
  void staysOpenUntilTheLastReaderHasGone() throws IOException {
    RecordPart<SpanBatch> part = open();
    assertThat(part.pin()).isTrue();
    part.retire(true);
    assertThat(texts(part.read(1))).isEqualTo(texts(batches.get(1)));
    assertThat(files.exists(FILE)).isTrue();
    part.unpin();
    assertThat(files.exists(FILE)).isFalse();
    assertThat(part.pin()).isFalse();
  }

  @Test
  void refusesAPartOfAnotherKind() {
    assertThatThrownBy(() -> RecordPart.open(files, FILE, KIND + 1, new SpanSchema()))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining(FILE.toString());
  }

  private RecordPart<SpanBatch> open() throws IOException {
    return RecordPart.open(files, FILE, KIND, new SpanSchema());
  }

  private static List<String> texts(SpanBatch batch) {
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      texts.add(RandomRecords.text(batch, row));
    }
    return texts;
  }
}
