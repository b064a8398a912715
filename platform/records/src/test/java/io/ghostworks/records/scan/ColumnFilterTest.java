package io.ghostworks.records.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.RandomRecords;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.part.RecordPartWriter;
import io.ghostworks.records.text.RowSet;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A filter finds on columns what it finds row by row. */
class ColumnFilterTest {
  private static final Path FILE = Path.of("/data/x.part");
  private static final long START = 1_800_000_000_000_000_000L;
  private static final int ROWS = 120;
  private static final List<String> KEYS =
      List.of("http.route", "user.id", "retry", "ratio", "payload", "tags", "", "missing");

  @Test
  void findsTheSameLogRecordsAsOneByOne() throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      LogBatch batch = new RandomRecords(random).logs(ROWS, START, 60);
      ReadableSchema<LogBatch> readable = ReadableSchema.logs();
      RecordPart<LogBatch> part = written(readable, batch);
      for (int i = 0; i < 40; i++) {
        Filter filter = filter(random, 2, true, batch.spanId(random.nextInt(ROWS)));
        checkSame(seed, readable, part, batch, filter);
      }
      part.retire(true);
    }
  }

  @Test
  void findsPiecesOfIdsWhereverTheyStand() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      LogBatch batch = bodies(ROWS, row -> idLine(random));
      ReadableSchema<LogBatch> readable = ReadableSchema.logs();
      RecordPart<LogBatch> part = written(readable, batch);
      for (int i = 0; i < 100; i++) {
        byte[] line = batch.arena().copy(batch.body().payload(random.nextInt(ROWS)));
        int from = random.nextInt(line.length - 12);
        int to = from + 5 + random.nextInt(Math.min(35, line.length - from - 5));
        byte[] needle =
            random.nextBoolean() ? Arrays.copyOfRange(line, from, to) : wordAt(line, from);
        checkSame(seed, readable, part, batch, new Filter.Contains(Field.BODY, needle, i % 9 == 0));
      }
      part.retire(true);
    }
  }

  private static String idLine(Random random) {
    String id = HexFormat.of().toHexDigits(random.nextLong(), 8 + random.nextInt(3) * 4);
    return switch (random.nextInt(4)) {
      case 0 -> "request " + id + " took " + random.nextInt(1_000_000) + " ms";
      case 1 -> "{\"id\":\"%s\",\"user\":\"u%s%s\"}".formatted(id, id, random.nextInt(10));
      case 2 -> "span 7" + id + "7 of blk_" + random.nextInt(1 << 30);
      default -> "a user-" + id + " [" + id + "]: " + id.toUpperCase(java.util.Locale.ROOT);
    };
  }

  private static byte[] wordAt(byte[] line, int at) {
    String text = new String(line, StandardCharsets.UTF_8);
    String[] words = text.substring(at).split("[^0-9A-Za-z]+");
    String word = words[words.length - 1];
    return (word.isEmpty() ? "7" : word).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void leavesOutRowsWhoseJsonHasAnotherValue() throws IOException {
    LogBatch batch =
        bodies(
            ROWS,
            row ->
                row % 3 == 0
                    ? "plain status=500 user=u-1"
                    : "{\"status\":%d,\"user\":\"u-%d\"}".formatted(200 + row, row % 7));
    RecordPart<LogBatch> part = written(ReadableSchema.logs(), batch);
    Filter.Literal user = new Filter.Literal.Text("u-1");
    assertThat(rows(part, new Filter.JsonLabel("user", Filter.Operator.EQUAL, user)))
        .isEqualTo(
            IntStream.range(0, ROWS).filter(row -> row % 3 != 0 && row % 7 == 1).boxed().toList());
    Filter.Literal status = new Filter.Literal.Real(290);
    assertThat(rows(part, new Filter.JsonLabel("status", Filter.Operator.GREATER_OR_EQUAL, status)))
        .as("a line that is no JSON has an error, and passes")
        .isEqualTo(
            IntStream.range(0, ROWS).filter(row -> row % 3 == 0 || row >= 90).boxed().toList());
    part.retire(true);
  }

  private static List<Integer> rows(RecordPart<LogBatch> part, Filter filter) throws IOException {
    ColumnBlock block = part.columns(0);
    RowSet found =
        new ColumnFilter<>(
                ReadableSchema.logs(),
                block,
                (wanted, columns) -> part.read(block, 0, wanted, columns))
            .matches(filter, RowSet.all(ROWS));
    return IntStream.range(0, ROWS).filter(found::contains).boxed().toList();
  }

  private static LogBatch bodies(int rows, IntFunction<String> text) {
    LogBatch batch = new LogBatch();
    batch.resources().end(ByteArena.EMPTY, 0);
    batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    batch.streams().add(Labels.of("app", "api"));
    for (int row = 0; row < rows; row++) {
      batch.body().addString(text.apply(row));
      batch.endRow(0, 0, 0, START + row, 0, 0, ByteArena.EMPTY, ByteArena.EMPTY, 0, 0, 0, 0, 0);
    }
    return batch;
  }

  @Test
  void findsTheSameSpansAsOneByOne() throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      SpanBatch batch = new RandomRecords(random).spans(ROWS, START, 60);
      ReadableSchema<SpanBatch> readable = ReadableSchema.spans();
      RecordPart<SpanBatch> part = written(readable, batch);
      for (int i = 0; i < 40; i++) {
        Filter filter = filter(random, 2, false, batch.spanId(random.nextInt(ROWS)));
        checkSame(seed, readable, part, batch, filter);
      }
      part.retire(true);
    }
  }

  private static <B> RecordPart<B> written(ReadableSchema<B> readable, B batch) throws IOException {
    SimulatedFileSystem files = new SimulatedFileSystem(1);
    files.createDirectories(Path.of("/data"));
    try (RecordPartWriter<B> writer = RecordPartWriter.create(files, FILE, 7, readable.schema())) {
      writer.add(new TenantId("acme"), batch);
      writer.finish();
    }
    return RecordPart.open(files, FILE, 7, readable.schema());
  }

  private static <B> void checkSame(
      int seed, ReadableSchema<B> readable, RecordPart<B> part, B batch, Filter filter)
      throws IOException {
    BatchFilter oneByOne = readable.bind(filter, batch);
    BitSet expected = new BitSet();
    for (int row = 0; row < ROWS; row++) {
      expected.set(row, oneByOne.test(row));
    }
    BitSet found = new BitSet();
    BitSet blocks = new BitSet();
    blocks.set(0);
    BodyNeedles.of(filter).forEach(terms -> part.retain(terms, blocks));
    if (!blocks.isEmpty()) {
      ColumnBlock block = part.columns(0);
      RowSet rows =
          new ColumnFilter<>(
                  readable, block, (wanted, columns) -> part.read(block, 0, wanted, columns))
              .matches(filter, RowSet.all(ROWS));
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        found.set(row);
      }
    }
    assertThat(found).as("seed %d, %s", seed, filter).isEqualTo(expected);
  }

  private static Filter filter(Random random, int depth, boolean logs, long spanId) {
    int kind = random.nextInt(depth > 0 ? 10 : 7);
    Field field = field(random, logs);
    return switch (kind) {
      case 0 -> new Filter.Exists(field);
      case 1, 2 -> new Filter.Compare(field, operator(random), literal(random));
      case 3 ->
          new Filter.Contains(
              field,
              pick(random, "ord", "time", "ключ", "b", "7", "GET /orders", "{", "ORDERS")
                  .getBytes(StandardCharsets.UTF_8),
              random.nextBoolean());
      case 4 ->
          new Filter.Finds(field, Pattern.compile(pick(random, "o.t", "^GET /ord", "a b c$")));
      case 5 ->
          logs
              ? new Filter.Stream(
                  List.of(new LabelMatcher.Equal("app", pick(random, "api", "worker", "none"))))
              : new Filter.Traces(Set.of(new TraceKey(random.nextInt(41), 7)));
      case 6 ->
          new Filter.Compare(
              Field.SPAN_ID,
              Filter.Operator.EQUAL,
              new Filter.Literal.Text(HexFormat.of().toHexDigits(spanId)));
      case 7 -> new Filter.Not(filter(random, depth - 1, logs, spanId));
      case 8 ->
          new Filter.And(
              List.of(
                  filter(random, depth - 1, logs, spanId),
                  filter(random, depth - 1, logs, spanId)));
      default ->
          new Filter.Or(
              List.of(
                  filter(random, depth - 1, logs, spanId),
                  filter(random, depth - 1, logs, spanId)));
    };
  }

  private static Field field(Random random, boolean logs) {
    String key = KEYS.get(random.nextInt(KEYS.size()));
    return switch (random.nextInt(logs ? 9 : 16)) {
      case 0 -> new Field(Field.Scope.RESOURCE, key);
      case 1 -> new Field(Field.Scope.INSTRUMENTATION, key);
      case 2 -> new Field(Field.Scope.ATTRIBUTE_OR_RESOURCE, key);
      case 3 -> logs ? Field.BODY : Field.NAME;
      case 4 -> logs ? Field.SEVERITY_NUMBER : Field.KIND;
      case 5 -> logs ? Field.SEVERITY_TEXT : Field.STATUS_MESSAGE;
      case 6 -> Field.TRACE_ID;
      case 9, 10 -> new Field(Field.Scope.EVENT, key);
      case 11, 12 -> new Field(Field.Scope.LINK, key);
      case 13 -> pick(random, Field.EVENT_SPAN_NAME, Field.LINK_TRACE_STATE, Field.TRACE_STATE);
      case 14 ->
          pick(random, Field.EVENT_DROPPED_ATTRIBUTES, Field.DROPPED_EVENTS, Field.DROPPED_LINKS);
      case 15 -> pick(random, Field.LINK_DROPPED_ATTRIBUTES, Field.EVENT_TIME_SINCE_START);
      default -> new Field(Field.Scope.ATTRIBUTE, key);
    };
  }

  private static Filter.Operator operator(Random random) {
    List<Filter.Operator> all = List.of(Filter.Operator.values());
    return all.get(random.nextInt(all.size()));
  }

  private static Filter.Literal literal(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Filter.Literal.Whole(random.nextInt(30) - 5);
      case 1 -> new Filter.Literal.Real(random.nextInt(10) / 4.0);
      case 2 -> new Filter.Literal.Bool(random.nextBoolean());
      default ->
          new Filter.Literal.Text(pick(random, "GET /orders", "timeout", "ключ", "", "a b c"));
    };
  }

  @SafeVarargs
  private static <T> T pick(Random random, T... of) {
    return of[random.nextInt(of.length)];
  }
}
