package io.ghostworks.records.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSchemaTest {
  private static final long START = 1_800_000_000_000_000_000L;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void logRecordsComeBackAsTheyWere(long seed) throws DamagedDataException {
    Random random = new Random(seed);
    LogBatch batch = new RandomRecords(random).logs(random.nextInt(200), START, 60);
    LogBatch decoded = throughBytes(new LogSchema(), batch);
    assertThat(decoded.rows()).isEqualTo(batch.rows());
    for (int row = 0; row < batch.rows(); row++) {
      assertThat(RandomRecords.text(decoded, row)).isEqualTo(RandomRecords.text(batch, row));
      assertThat(decoded.observedNanos(row)).isEqualTo(batch.observedNanos(row));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void spansComeBackAsTheyWere(long seed) throws DamagedDataException {
    Random random = new Random(seed);
    SpanBatch batch = new RandomRecords(random).spans(random.nextInt(200), START, 60);
    SpanBatch decoded = throughBytes(new SpanSchema(), batch);
    assertThat(decoded.rows()).isEqualTo(batch.rows());
    for (int row = 0; row < batch.rows(); row++) {
      assertThat(RandomRecords.text(decoded, row)).isEqualTo(RandomRecords.text(batch, row));
    }
  }

  @Test
  void copiesRowsOfManyBatchesInAnyOrder() {
    Random random = new Random(7);
    RandomRecords records = new RandomRecords(random);
    LogBatch[] logs = {records.logs(50, START, 60), records.logs(50, START, 60)};
    SpanBatch[] spans = {records.spans(50, START, 60), records.spans(50, START, 60)};
    RowCopier<LogBatch> logCopier = new LogSchema().copier();
    RowCopier<SpanBatch> spanCopier = new SpanSchema().copier();
    for (int i = 0; i < 200; i++) {
      int batch = random.nextInt(2);
      int row = random.nextInt(50);
      logCopier.copy(logs[batch], row);
      spanCopier.copy(spans[batch], row);
      assertThat(RandomRecords.text(logCopier.batch(), i))
          .isEqualTo(RandomRecords.text(logs[batch], row));
      assertThat(RandomRecords.text(spanCopier.batch(), i))
          .isEqualTo(RandomRecords.text(spans[batch], row));
      assertThat(new LogSchema().sameRow(logCopier.batch(), i, logs[batch], row)).isTrue();
      assertThat(new SpanSchema().sameRow(spanCopier.batch(), i, spans[batch], row)).isTrue();
    }
    assertThat(logCopier.batch().resources().size())
        .isLessThanOrEqualTo(logs[0].resources().size() + logs[1].resources().size());
  }

  @Test
  void rowsAreTheSameExactlyWhenTheirTextsAre() {
    Random random = new Random(11);
    LogBatch logs = new RandomRecords(random).logs(60, START, 2);
    SpanBatch spans = new RandomRecords(random).spans(60, START, 2);
    LogSchema logSchema = new LogSchema();
    SpanSchema spanSchema = new SpanSchema();
    for (int left = 0; left < 60; left++) {
      for (int right = 0; right < 60; right++) {
        boolean sameLog = RandomRecords.text(logs, left).equals(RandomRecords.text(logs, right));
        boolean sameSpan = RandomRecords.text(spans, left).equals(RandomRecords.text(spans, right));
        assertThat(logSchema.sameRow(logs, left, logs, right)).isEqualTo(sameLog);
        assertThat(spanSchema.sameRow(spans, left, spans, right)).isEqualTo(sameSpan);
      }
    }
    assertThat(logSchema.rowHash(logs, 3)).isEqualTo(logSchema.rowHash(logs, 3));
  }

  @Test
  void bytesThatAreCutShortAreDamage() throws DamagedDataException {
    BytesOutput out = new BytesOutput(64, 1 << 20);
    SpanSchema schema = new SpanSchema();
    schema.encode(new RandomRecords(new Random(3)).spans(10, START, 60), out);
    byte[] bytes = out.toByteArray();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> schema.decode(new BytesInput(cut)))
          .isInstanceOf(DamagedDataException.class);
    }
  }

  @Test
  void bytesThatMeanNothingEndInAnException() {
    LogSchema schema = new LogSchema();
    BytesOutput out = new BytesOutput(64, 1 << 20);
    schema.encode(new RandomRecords(new Random(3)).logs(20, START, 60), out);
    Random random = new Random(4);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = out.toByteArray();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      try {
        schema.decode(new BytesInput(bytes));
      } catch (DamagedDataException | IllegalArgumentException | ArithmeticException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theHeadAndTheKeysOfABlockComeWithoutTheRest(long seed) throws DamagedDataException {
    RandomRecords records = new RandomRecords(new Random(seed));
    LogBatch logs = records.logs(100, START, 60);
    SpanBatch spans = records.spans(100, START, 60);
    for (Columns columns : List.of(Columns.HEAD, Columns.KEYS)) {
      LogBatch someLogs = new LogSchema().decode(encoded(new LogSchema(), logs), columns);
      SpanBatch someSpans = new SpanSchema().decode(encoded(new SpanSchema(), spans), columns);
      assertThat(someLogs.rows()).isEqualTo(100);
      assertThat(someSpans.rows()).isEqualTo(100);
      for (int row = 0; row < 100; row++) {
        assertThat(someLogs.timeNanos(row)).isEqualTo(logs.timeNanos(row));
        assertThat(someLogs.spanId(row)).isEqualTo(logs.spanId(row));
        assertThat(someLogs.streams().labels(someLogs.stream(row)))
            .isEqualTo(logs.streams().labels(logs.stream(row)));
        assertThat(someSpans.startNanos(row)).isEqualTo(spans.startNanos(row));
        assertThat(someSpans.endNanos(row)).isEqualTo(spans.endNanos(row));
        assertThat(someSpans.arena().text(someSpans.name(row)))
            .isEqualTo(spans.arena().text(spans.name(row)));
        boolean withKeys = columns == Columns.KEYS;
        assertThat(keys(someLogs.attributes(), row))
            .isEqualTo(withKeys ? keys(logs.attributes(), row) : List.of());
        assertThat(keys(someSpans.attributes(), row))
            .isEqualTo(withKeys ? keys(spans.attributes(), row) : List.of());
      }
    }
  }

  private static List<String> keys(AttributeColumns attributes, int row) {
    List<String> keys = new ArrayList<>();
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      keys.add(attributes.key(entry));
    }
    return keys;
  }

  private static <B> BytesInput encoded(BatchSchema<B> schema, B batch) {
    BytesOutput out = new BytesOutput(64, 16 << 20);
    schema.encode(batch, out);
    return new BytesInput(out.toByteArray());
  }

  private static <B> B throughBytes(BatchSchema<B> schema, B batch) throws DamagedDataException {
    BytesOutput out = new BytesOutput(64, 16 << 20);
    schema.encode(batch, out);
    BytesInput in = new BytesInput(out.toByteArray());
    B decoded = schema.decode(in);
    assertThat(in.remaining()).isZero();
    return decoded;
  }
}
