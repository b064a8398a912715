package io.ghostworks.records.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.records.batch.LogSchema;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.part.RecordPartWriter;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodyNeedlesTest {
  private static final Path FILE = Path.of("/data/logs-000000000001.part");
  private static final int BLOCKS = 6;

  private final SimulatedFileSystem files = new SimulatedFileSystem(1);
  private RecordPart<LogBatch> part;

  @BeforeEach
  void write() throws IOException {
    files.createDirectories(Path.of("/data"));
    try (RecordPartWriter<LogBatch> writer =
        RecordPartWriter.create(files, FILE, 7, new LogSchema())) {
      for (int block = 0; block < BLOCKS; block++) {
        writer.add(TenantId.DEFAULT, batch(block));
      }
      writer.finish();
    }
    part = RecordPart.open(files, FILE, 7, new LogSchema());
  }

  @AfterEach
  void close() {
    part.retire(true);
  }

  private static LogBatch batch(int block) {
    LogBatch batch = new LogBatch();
    batch.resources().end(ByteArena.EMPTY, 0);
    batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    batch.streams().add(Labels.of("service_name", "api"));
    for (int row = 0; row < 9; row++) {
      batch.body().addString("job %s is %s now".formatted(id(block, row), state(block)));
      batch.endRow(0, 0, 0, row, 0, 0, ByteArena.EMPTY, ByteArena.EMPTY, 0, 0, 0, 0, 0);
    }
    return batch;
  }

  private static String id(int block, int row) {
    return "7f3a9c2e81d0%d4b5%d".formatted(block, row);
  }

  private static String state(int block) {
    return block % 2 == 0 ? "settled" : "waiting";
  }

  @Test
  void aWholeIdLeavesItsBlockBeforeAnyIsOpened() {
    for (int block = 0; block < BLOCKS; block++) {
      assertThat(left(contains(" " + id(block, 3) + " ")).get(block)).isTrue();
      assertThat(left(contains(" " + id(block, 3) + " ")).cardinality()).isLessThan(BLOCKS);
    }
    assertThat(left(contains(" 0123456789abcdef ")).cardinality()).isLessThan(2);
  }

  @Test
  void ofAlternativesEachLeavesItsBlocks() {
    Filter either = new Filter.Or(List.of(contains(" settled "), contains(" broken ")));
    assertThat(left(either)).isEqualTo(blocks(0, 2, 4));
    assertThat(left(new Filter.Or(List.of(contains(" settled "), contains(" waiting ")))))
        .isEqualTo(blocks(0, 1, 2, 3, 4, 5));
    assertThat(left(new Filter.And(List.of(either, contains(" waiting "))))).isEqualTo(blocks());
  }

  @Test
  void anExpressionLeavesTheBlocksOfItsAlternatives() {
    assertThat(left(finds("is settled now|was broken"))).isEqualTo(blocks(0, 2, 4));
    assertThat(left(finds("is settled now|.*"))).isEqualTo(blocks(0, 1, 2, 3, 4, 5));
  }

  @Test
  void whatSaysNothingOfBodiesLeavesAllBlocks() {
    Filter.Stream stream = new Filter.Stream(List.of());
    for (Filter filter :
        List.of(
            new Filter.Or(List.of(contains(" settled "), stream)),
            new Filter.Not(contains(" settled ")),
            new Filter.Contains(new Field(Field.Scope.ATTRIBUTE, "user"), bytes(" settled ")))) {
      assertThat(left(filter)).isEqualTo(blocks(0, 1, 2, 3, 4, 5));
    }
  }

  private BitSet left(Filter filter) {
    BitSet left = new BitSet();
    left.set(0, BLOCKS);
    BodyNeedles.of(filter).forEach(alternatives -> part.retain(alternatives, left));
    return left;
  }

  private static BitSet blocks(int... numbers) {
    BitSet set = new BitSet();
    for (int number : numbers) {
      set.set(number);
    }
    return set;
  }

  private static Filter contains(String text) {
    return new Filter.Contains(Field.BODY, bytes(text));
  }

  private static Filter finds(String expression) {
    return new Filter.Finds(Field.BODY, Pattern.compile(expression));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
