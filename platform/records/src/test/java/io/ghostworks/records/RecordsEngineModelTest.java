package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.OTHER;
import static io.ghostworks.records.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource.TimeRange;
import io.ghostworks.query.record.ScannedValues;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.RandomRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that is flushed, merged, restarted and killed at random answers as plain lists do. */
class RecordsEngineModelTest {

  private record Row<B>(B batch, int row) {}

  private record Case<B>(Filter filter, BiPredicate<B, Integer> model) {}

  private final Map<TenantId, Map<String, Row<LogBatch>>> logs = new HashMap<>();
  private final Map<TenantId, Map<String, Row<SpanBatch>>> spans = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void answersAsTheNaiveModel(long seed) throws IOException {
    EngineFixture fixture = new EngineFixture(seed).open();
    Random random = new Random(seed);
    RandomRecords records = new RandomRecords(random);
    for (int step = 0; step < 60; step++) {
      TenantId tenant = random.nextInt(4) == 0 ? OTHER : TENANT;
      long from = fixture.now() - 100_000_000_000L;
      switch (random.nextInt(10)) {
        case 0 -> fixture.engine.flush();
        case 1 -> fixture.engine.maintain();
        case 2 -> fixture.kill();
        case 3 -> fixture.restart();
        case 4, 5, 6 -> {
          LogBatch batch = records.logs(1 + random.nextInt(30), from, 100);
          addLogs(tenant, batch);
          fixture.offer(tenant, batch);
        }
        default -> {
          SpanBatch batch = records.spans(1 + random.nextInt(30), from, 100);
          addSpans(tenant, batch);
          fixture.offer(tenant, batch);
        }
      }
      if (step % 10 == 9) {
        checkLogs(fixture, random, from);
        checkSpans(fixture, random, from);
        checkTraces(fixture);
        checkManyTraces(fixture, random);
        checkValues(fixture, random, from);
      }
    }
    assertThat(fixture.queries.usedBytes()).isZero();
    assertThat(fixture.memory.usedBytes()).isEqualTo(fixture.engine.memoryBytes());
  }

  private void addLogs(TenantId tenant, LogBatch batch) {
    for (int row = 0; row < batch.rows(); row++) {
      logs.computeIfAbsent(tenant, t -> new HashMap<>())
          .putIfAbsent(RandomRecords.text(batch, row), new Row<>(batch, row));
    }
  }

  private void addSpans(TenantId tenant, SpanBatch batch) {
    for (int row = 0; row < batch.rows(); row++) {
      spans
          .computeIfAbsent(tenant, t -> new HashMap<>())
          .putIfAbsent(RandomRecords.text(batch, row), new Row<>(batch, row));
    }
  }

  private void checkLogs(EngineFixture fixture, Random random, long from) {
    for (TenantId tenant : List.of(TENANT, OTHER)) {
      for (Case<LogBatch> each : logCases(from)) {
        check(
            fixture,
            tenant,
            Signal.LOGS,
            each,
            random,
            from,
            logs.getOrDefault(tenant, Map.of()),
            LogBatch::timeNanos,
            Field.SEVERITY_NUMBER,
            LogBatch::severityNumber);
      }
    }
  }

  private void checkSpans(EngineFixture fixture, Random random, long from) {
    for (TenantId tenant : List.of(TENANT, OTHER)) {
      for (Case<SpanBatch> each : spanCases()) {
        check(
            fixture,
            tenant,
            Signal.SPANS,
            each,
            random,
            from,
            spans.getOrDefault(tenant, Map.of()),
            SpanBatch::startNanos,
            Field.DURATION,
            (batch, row) -> batch.endNanos(row) - batch.startNanos(row));
      }
    }
  }

  private <B> void check(
      EngineFixture fixture,
      TenantId tenant,
      Signal signal,
      Case<B> each,
      Random random,
      long from,
      Map<String, Row<B>> model,
      ToLongBiFunction<B, Integer> time,
      Field number,
      ToLongBiFunction<B, Integer> numberOf) {
    long start = from + random.nextInt(50) * 1_000_000_000L;
    long end = start + random.nextInt(60) * 1_000_000_000L;
    List<List<Long>> expected = new ArrayList<>();
    for (Row<B> row : model.values()) {
      long at = time.applyAsLong(row.batch(), row.row());
      if (at >= start && at < end && each.model().test(row.batch(), row.row())) {
        expected.add(List.of(at, numberOf.applyAsLong(row.batch(), row.row())));
      }
    }
    boolean newest = random.nextBoolean();
    int rowsMax = random.nextBoolean() ? 1 + random.nextInt(20) : 100_000;
    List<List<Long>> found = new ArrayList<>();
    RecordScan scan =
        new RecordScan(
            signal,
            start,
            end,
            each.filter(),
            List.of(Field.TIME, number),
            newest ? RecordScan.Order.NEWEST_FIRST : RecordScan.Order.OLDEST_FIRST,
            rowsMax);
    try (QueryContext context = fixture.context(tenant);
        RecordCursor cursor = fixture.engine.source().scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          found.add(List.of(batch.longs(0).values()[row], batch.longs(1).values()[row]));
        }
      }
    }
    String what = each.filter().toString();
    List<Long> times = found.stream().map(List::getFirst).toList();
    List<Long> expectedTimes =
        expected.stream()
            .map(List::getFirst)
            .sorted((a, b) -> newest ? Long.compare(b, a) : Long.compare(a, b))
            .limit(rowsMax)
            .toList();
    assertThat(times).as(what).isEqualTo(expectedTimes);
    if (rowsMax >= expected.size()) {
      assertThat(found).as(what).containsExactlyInAnyOrderElementsOf(expected);
    } else {
      assertThat(expected).as(what).containsAll(found);
    }
  }

  private void checkTraces(EngineFixture fixture) {
    for (TenantId tenant : List.of(TENANT, OTHER)) {
      for (long high = 1; high <= 40; high++) {
        Set<String> expected = new HashSet<>();
        for (Map.Entry<String, Row<SpanBatch>> each :
            spans.getOrDefault(tenant, Map.of()).entrySet()) {
          if (each.getValue().batch().traceIdHigh(each.getValue().row()) == high) {
            expected.add(each.getKey());
          }
        }
        try (QueryContext context = fixture.context(tenant)) {
          SpanBatch trace = fixture.engine.source().trace(high, 7, context);
          List<String> found = new ArrayList<>();
          for (int row = 0; row < trace.rows(); row++) {
            found.add(RandomRecords.text(trace, row));
            if (row > 0) {
              assertThat(trace.startNanos(row)).isGreaterThanOrEqualTo(trace.startNanos(row - 1));
            }
          }
          assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        }
      }
    }
  }

  /** Values and keys from dictionaries are those that reading all rows gives. */
  private static void checkValues(EngineFixture fixture, Random random, long from) {
    List<Field> fields =
        List.of(
            new Field(Field.Scope.ATTRIBUTE, "http.route"),
            new Field(Field.Scope.RESOURCE, "retry"),
            new Field(Field.Scope.INSTRUMENTATION, "tags"),
            new Field(Field.Scope.EVENT, "user.id"),
            new Field(Field.Scope.LINK, "tags"),
            new Field(Field.Scope.ATTRIBUTE_OR_RESOURCE, "ratio"),
            Field.NAME,
            Field.KIND,
            Field.SERVICE_NAME,
            Field.EVENT_SPAN_NAME,
            Field.LINK_SPAN_ID,
            Field.SPAN_ID);
    long start = from + random.nextInt(20) * 1_000_000_000L;
    long end = random.nextBoolean() ? Long.MAX_VALUE : start + 50_000_000_000L;
    try (QueryContext context = fixture.context(TENANT)) {
      for (Case<SpanBatch> each : spanCases()) {
        Field field = fields.get(random.nextInt(fields.size()));
        int limit = random.nextInt(20);
        assertThat(
                fixture
                    .engine
                    .source()
                    .typedValues(Signal.SPANS, field, each.filter(), start, end, limit, context))
            .as("%s %s", field, each.filter())
            .isEqualTo(
                ScannedValues.of(
                    fixture.engine.source(),
                    Signal.SPANS,
                    field,
                    each.filter(),
                    start,
                    end,
                    limit,
                    context));
      }
    }
  }

  private void checkManyTraces(EngineFixture fixture, Random random) {
    List<TraceKey> ids = new ArrayList<>();
    for (int i = random.nextInt(60); i >= 0; i--) {
      ids.add(new TraceKey(random.nextInt(45), 7));
    }
    List<Field> columns =
        random.nextBoolean() ? List.of() : List.of(Field.NAME, Field.RESOURCE_ATTRIBUTES);
    Map<Long, List<String>> expected = new TreeMap<>();
    spans
        .getOrDefault(TENANT, Map.of())
        .forEach((text, row) -> {
          long high = row.batch().traceIdHigh(row.row());
          if (ids.contains(new TraceKey(high, 7))) {
            expected.computeIfAbsent(high, h -> new ArrayList<>()).add(part(row, text, columns));
          }
        });
    Map<Long, List<String>> found = new LinkedHashMap<>();
    try (QueryContext context = fixture.context(TENANT)) {
      fixture
          .engine
          .source()
          .traces(
              ids,
              columns,
              context,
              batch -> {
                for (int row = 0; row < batch.rows(); row++) {
                  long high = batch.traceIdHigh(row);
                  String whole = RandomRecords.text(batch, row);
                  String text = part(new Row<>(batch, row), whole, columns);
                  found.computeIfAbsent(high, h -> new ArrayList<>()).add(text);
                }
              });
      expected.forEach((high, texts) -> {
        TimeRange times =
            fixture.engine.source().timesOfTrace(new TraceKey(high, 7), context).orElseThrow();
        assertThat(times.startNanos()).isLessThanOrEqualTo(firstStart(high));
        assertThat(times.startNanos()).isGreaterThan(firstStart(high) - 1_000_000_000L);
        assertThat(times.endNanos()).isGreaterThanOrEqualTo(lastEnd(high));
      });
    }
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    found.forEach(
        (high, texts) -> assertThat(texts).containsExactlyInAnyOrderElementsOf(expected.get(high)));
  }

  private long firstStart(long high) {
    return spans.getOrDefault(TENANT, Map.of()).values().stream()
        .filter(row -> row.batch().traceIdHigh(row.row()) == high)
        .mapToLong(row -> row.batch().startNanos(row.row()))
        .min()
        .orElseThrow();
  }

  private long lastEnd(long high) {
    return spans.getOrDefault(TENANT, Map.of()).values().stream()
        .filter(row -> row.batch().traceIdHigh(row.row()) == high)
        .mapToLong(row -> row.batch().endNanos(row.row()))
        .max()
        .orElseThrow();
  }

  /** What is read of a span where only some columns are. */
  private static String part(Row<SpanBatch> row, String whole, List<Field> columns) {
    SpanBatch batch = row.batch();
    return columns.isEmpty()
        ? whole
        : "%d %d %d %s"
            .formatted(
                batch.spanId(row.row()),
                batch.startNanos(row.row()),
                batch.endNanos(row.row()),
                batch.arena().text(batch.name(row.row())));
  }

  private static List<Case<LogBatch>> logCases(long from) {
    Field retry = new Field(Field.Scope.ATTRIBUTE, "retry");
    Field service = new Field(Field.Scope.RESOURCE, "service.name");
    Field either = new Field(Field.Scope.ATTRIBUTE_OR_RESOURCE, "service.name");
    Filter traced = new Filter.Exists(Field.TRACE_ID);
    Filter api = new Filter.Compare(service, Filter.Operator.EQUAL, new Filter.Literal.Text("api"));
    byte[] needle = "out".getBytes(StandardCharsets.UTF_8);
    return List.of(
        new Case<>(Filter.ALL, (batch, row) -> true),
        new Case<>(new Filter.Or(List.of()), (batch, row) -> false),
        new Case<>(traced, (batch, row) -> batch.traceIdHigh(row) != 0),
        new Case<>(new Filter.Not(traced), (batch, row) -> batch.traceIdHigh(row) == 0),
        new Case<>(
            new Filter.Stream(List.of(new LabelMatcher.Equal("app", "worker"))),
            (batch, row) -> batch.streams().labels(batch.stream(row)).get("app").equals("worker")),
        new Case<>(
            new Filter.Contains(Field.BODY, needle),
            (batch, row) -> bodyText(batch, row) != null && bodyText(batch, row).contains("out")),
        new Case<>(
            new Filter.Finds(Field.BODY, Pattern.compile("^a.b|[13]$")),
            (batch, row) ->
                bodyText(batch, row) != null
                    && java.util.regex.Pattern.compile("^a.b|[13]$")
                        .matcher(bodyText(batch, row))
                        .find()),
        new Case<>(
            new Filter.Compare(
                Field.SEVERITY_NUMBER,
                Filter.Operator.GREATER_OR_EQUAL,
                new Filter.Literal.Whole(17)),
            (batch, row) -> batch.severityNumber(row) >= 17),
        new Case<>(
            new Filter.And(List.of(api, traced)),
            (batch, row) -> serviceOf(batch, row).equals("api") && batch.traceIdHigh(row) != 0),
        new Case<>(
            new Filter.Compare(either, Filter.Operator.NOT_EQUAL, new Filter.Literal.Text("api")),
            (batch, row) -> !serviceOf(batch, row).equals("api")),
        new Case<>(
            new Filter.Compare(retry, Filter.Operator.LESS, new Filter.Literal.Real(3.5)),
            (batch, row) -> {
              Double number = numberOf(batch, row, "retry");
              return number != null && number < 3.5;
            }),
        new Case<>(
            new Filter.Compare(
                Field.TRACE_ID,
                Filter.Operator.EQUAL,
                new Filter.Literal.Text("%016x%016x".formatted(5, 7))),
            (batch, row) -> batch.traceIdHigh(row) == 5),
        new Case<>(
            new Filter.Compare(
                Field.TIME, Filter.Operator.GREATER, new Filter.Literal.Whole(from + 30)),
            (batch, row) -> batch.timeNanos(row) > from + 30));
  }

  private static List<Case<SpanBatch>> spanCases() {
    return List.of(
        new Case<>(Filter.ALL, (batch, row) -> true),
        new Case<>(
            new Filter.Compare(
                Field.DURATION, Filter.Operator.LESS, new Filter.Literal.Whole(500_000)),
            (batch, row) -> batch.endNanos(row) - batch.startNanos(row) < 500_000),
        new Case<>(
            new Filter.Compare(
                Field.NAME, Filter.Operator.EQUAL, new Filter.Literal.Text("timeout")),
            (batch, row) -> batch.arena().text(batch.name(row)).equals("timeout")),
        new Case<>(
            new Filter.Compare(
                Field.SERVICE_NAME, Filter.Operator.EQUAL, new Filter.Literal.Text("worker")),
            (batch, row) ->
                "worker"
                    .equals(
                        batch
                            .resources()
                            .attributes()
                            .findString(batch.resource(row), "service.name"))),
        new Case<>(
            new Filter.Compare(
                Field.STATUS_CODE, Filter.Operator.EQUAL, new Filter.Literal.Whole(2)),
            (batch, row) -> batch.statusCode(row) == 2),
        new Case<>(
            new Filter.Compare(
                Field.EVENT_SPAN_NAME, Filter.Operator.EQUAL, new Filter.Literal.Text("timeout")),
            RecordsEngineModelTest::hasTimeoutEvent),
        new Case<>(
            new Filter.Not(new Filter.Exists(new Field(Field.Scope.LINK, "retry"))),
            RecordsEngineModelTest::hasNoLinkWithRetry),
        new Case<>(
            new Filter.Not(new Filter.Exists(Field.PARENT_SPAN_ID)),
            (batch, row) -> batch.parentSpanId(row) == 0));
  }

  private static boolean hasTimeoutEvent(SpanBatch batch, int row) {
    boolean any = false;
    for (int event = batch.eventStart(row); event < batch.eventEnd(row); event++) {
      any |= batch.arena().text(batch.events().name(event)).equals("timeout");
    }
    return any;
  }

  private static boolean hasNoLinkWithRetry(SpanBatch batch, int row) {
    boolean any = false;
    for (int link = batch.linkStart(row); link < batch.linkEnd(row); link++) {
      int entry = batch.links().attributes().find(link, batch.keys().find("retry"));
      any |= entry >= 0 && batch.links().attributes().values().type(entry) != ValueColumn.NONE;
    }
    return !any;
  }

  private static @Nullable String bodyText(LogBatch batch, int row) {
    return ValueText.of(batch.body(), row);
  }

  private static String serviceOf(LogBatch batch, int row) {
    String own = batch.attributes().findString(row, "service.name");
    String service = batch.resources().attributes().findString(batch.resource(row), "service.name");
    return own != null ? own : service == null ? "" : service;
  }

  private static @Nullable Double numberOf(LogBatch batch, int row, String key) {
    int entry = batch.attributes().find(row, batch.keys().find(key));
    if (entry < 0) {
      return null;
    }
    ValueColumn values = batch.attributes().values();
    return switch (values.type(entry)) {
      case ValueColumn.INT -> (double) values.payload(entry);
      case ValueColumn.DOUBLE -> values.doubleValue(entry);
      default -> null;
    };
  }
}
