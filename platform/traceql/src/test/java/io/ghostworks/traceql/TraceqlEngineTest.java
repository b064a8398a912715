package io.ghostworks.traceql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.traceql.TraceSearchRequest.Order;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.parse.TraceqlParser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceqlEngineTest {
  private static final long SECOND = 1_000_000_000L;

  /**
   * a: 1 shop "root" (2 api "get" (3 db "select", 4 db "insert" error)); b: 1 shop "root" (2 api
   * "get" error); c: an orphan of api.
   */
  private final MemorySpans spans = new MemorySpans();

  TraceqlEngineTest() {
    new TraceFixture(0xa)
        .span(1, 0, "shop", "root", 100 * SECOND, 50, 0, Map.of("n", 1, "ok", true))
        .span(2, 1, "api", "get", 101 * SECOND, 40, 0, Map.of("n", 2, "event.k", "v"))
        .span(3, 2, "db", "select", 102 * SECOND, 10, 0, Map.of("n", 3, "t", "x"))
        .span(4, 2, "db", "insert", 103 * SECOND, 20, 2, Map.of("n", 4.5, "t", "y"))
        .addTo(spans);
    new TraceFixture(0xb)
        .span(1, 0, "shop", "root", 200 * SECOND, 70, 0, Map.of())
        .span(2, 1, "api", "get", 201 * SECOND, 60, 2, Map.of("n", 20))
        .addTo(spans);
    new TraceFixture(0xc)
        .span(5, 9, "api", "get", 300 * SECOND, 5, 1, Map.of("t", "zz"))
        .addTo(spans);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '\0',
      value = {
        "{}@c:5 b:1,2 a:1,2,3,4",
        "{ false }@",
        "{ .n > 2 }@b:2 a:3,4",
        "{ .n >= 2 && .n < 4.5 }@a:2,3",
        "{ .n != 2 }@b:2 a:1,3,4",
        "{ .ok }@a:1",
        "{ !.ok }@",
        "{ .t =~ `x|y` }@a:3,4",
        "{ .t !~ `z.*` }@a:3,4",
        "{ .t =~ `z` }@",
        "{ .t = nil }@c:5 b:1,2 a:1,2,3,4",
        "{ span.t = nil && resource.t = nil }@b:1,2 a:1,2",
        "{ .t != nil }@c:5 a:3,4",
        "{ status = error }@b:2 a:4",
        "{ status != error && name = `get` }@c:5 a:2",
        "{ kind = client }@",
        "{ kind = server && resource.service.name = `db` }@a:3,4",
        "{ .service.name = `api` }@c:5 b:2 a:2",
        "{ span.service.name = `api` }@",
        "{ resource.res = 2 }@a:3,4",
        "{ duration > 15ns && .n * 2 > 8 }@b:2 a:4",
        "{ 4 < .n }@b:2 a:4",
        "{ event.k = `v` }@a:2",
        "{ event:name = `e` && event.k = `w` }@",
        "{ rootName = `root` && name = `get` }@b:2 a:2",
        "{ rootServiceName = `shop` } | { status = error }@b:2 a:4",
        "{ traceDuration > 2s && .n = 1 }@a:1",
        "{ trace:id = `0000000000000007000000000000000b` }@b:1,2",
        "{ span:id = `0000000000000004` }@a:4",
        "{ span:parentID = `0000000000000001` }@b:2 a:2",
        "{ span:childCount = 2 }@a:2",
        "{ nestedSetParent < 0 }@b:1 a:1",
        "{ nestedSetLeft = 3 }@a:3",
        "{ name = `root` } > { .n > 0 }@b:2 a:2",
        "{ name = `root` } >> { .n > 2 }@b:2 a:3,4",
        "{ status = error } << { name = `get` }@a:2",
        "{ status = error } < {}@b:1 a:2",
        "{ name = `select` } ~ {}@a:4",
        "{} ~ { name = `root` }@",
        "{ name = `root` } !>> {}@c:5 b:1 a:1",
        "{ name = `root` } !> { .n > 0 }@a:1,3,4",
        "{ status = error } !<< { name = `get` }@c:5 b:2",
        "{ name = `root` } &>> { status = error }@b:1,2 a:1,4",
        "{ name = `insert` } &< { name = `get` }@a:2,4",
        "{ name = `select` } &~ { name = `insert` }@a:3,4",
        "{ name = `select` } && { name = `root` }@a:3,1",
        "{ name = `select` } || { status = ok }@c:5 a:3",
        "{ name = `root` } > { name = `get` } > { status = error }@a:4",
        "({ name = `get` } | count() > 0) >> ({} | { status = error })@a:4",
        "{} | count() > 2@a:1,2,3,4",
        "{ .n > 0 } | avg(.n) > 15@b:2",
        "{} | max(duration) >= 60ns | { status = error }@b:2",
        "{} | sum(.n) = 1@",
        "{} | min(.n) = 20@b:1,2",
        "{} | by(resource.service.name) | count() = 2@a:3,4",
        "{} | by(resource.service.name) | count() = 2 | coalesce() | { .t = `x` }@a:3",
        "{ name = `get` } | by(status)@c:5 b:2 a:2",
        "{ .a / .n = 1 }@"
      })
  void findsWhatTempoFinds(String query, String found) {
    assertThat(shown(search(query, 10, Order.NEWEST_FIRST))).isEqualTo(found == null ? "" : found);
  }

  @Test
  void givesTheNewestOrTheLongest() {
    assertThat(shown(search("{ name = `get` }", 2, Order.NEWEST_FIRST))).isEqualTo("c:5 b:2");
    assertThat(shown(search("{ name = `get` }", 2, Order.LONGEST_FIRST))).isEqualTo("a:2 b:2");
  }

  @Test
  void tracesBelongToTheRangeThatTheyOverlap() {
    assertThat(shown(answer("{ name = `root` }", 103, 150, 9))).isEqualTo("a:1");
    assertThat(shown(answer("{ name = `insert` }", 90, 101, 9))).isEqualTo("a:4");
    assertThat(shown(answer("{}", 104, 199, 9))).isEmpty();
  }

  @Test
  void listsAsManySpansAsAskedAndCountsAll() {
    MatchedTrace trace = answer("{ .n > 0 }", 0, 400, 2).traces().get(1);

    MatchedTrace.SpansetMatch match = trace.spansets().getFirst();
    assertThat(match.matched()).isEqualTo(4);
    assertThat(match.spans()).extracting(MatchedSpan::spanId).containsExactly(1L, 2L);
    assertThat(trace.idText()).isEqualTo("7000000000000000a");
    assertThat(trace.summary().rootService()).isEqualTo("shop");
    assertThat(trace.summary().services().get("db").errors()).isEqualTo(1);
    assertThat(trace.summary().durationNanos()).isEqualTo(3 * SECOND + 20);
  }

  @Test
  void showsTheAttributesThatTheQueryNames() {
    MatchedTrace trace =
        search(
                "{ name = `insert` && (.n > 3 || .t = `nothing`) } | select(resource.res, status,"
                    + " duration)",
                9,
                Order.NEWEST_FIRST)
            .traces()
            .getFirst();

    MatchedSpan span = trace.spansets().getFirst().spans().getFirst();
    assertThat(span.name()).isEqualTo("insert");
    assertThat(span.attributes().stream().map(one -> one.key() + "=" + one.value().text()))
        .containsExactly("n=4.5", "res=2", "status=error");
  }

  @Test
  void showsNamesAndEventsOnlyWhereTheyAreWhatWasAskedFor() {
    MatchedTrace trace =
        search("{ name = `get` && event.k = `v` } || { .n = 3 }", 9, Order.NEWEST_FIRST)
            .traces()
            .getFirst();

    List<MatchedSpan> found = trace.spansets().getFirst().spans();
    assertThat(found).extracting(MatchedSpan::name).containsExactly("get", "");
    assertThat(found.getFirst().attributes())
        .containsExactly(new MatchedAttribute("k", new Static.Text("v")));
  }

  @Test
  void showsWhatThePipelineComputed() {
    MatchedTrace trace =
        search("{} | by(resource.service.name) | count() > 1", 9, Order.NEWEST_FIRST)
            .traces()
            .getFirst();

    assertThat(trace.spansets().getFirst().attributes())
        .containsExactly(
            new MatchedAttribute("by(resource.service.name)", new Static.Text("db")),
            new MatchedAttribute("count()", new Static.Int(2)));
  }

  @Test
  void readsNoMoreTracesThanItNeeds() {
    for (int i = 0; i < 500; i++) {
      new TraceFixture(1_000 + i)
          .span(1, 0, "shop", "root", (1_000 + i) * SECOND, 5, 0, Map.of())
          .addTo(spans);
    }

    search("{ name = `root` }", 5, Order.NEWEST_FIRST);

    assertThat(spans.tracesRead()).isLessThan(40);
  }

  @Test
  void aSearchWhoseTimeIsUpSaysSo() {
    SimulatedTime time = new SimulatedTime(0);
    try (QueryContext context = context(time)) {
      time.advance(Duration.ofMinutes(2));
      TraceSearchAnswer answer =
          new TraceqlEngine(spans, TraceqlOptions.DEFAULT)
              .search(request("{}", 9, Order.NEWEST_FIRST), context);
      assertThat(answer.partial()).hasValueSatisfying(why -> assertThat(why).contains("timed out"));
    }
  }

  @Test
  void divisionByZeroEndsTheSearchAsInTempo() {
    assertThatThrownBy(() -> search("{ 1 / (.n - 1) > 0 }", 9, Order.NEWEST_FIRST))
        .isInstanceOf(QueryException.class)
        .hasMessage("division by zero");
    assertThatThrownBy(() -> search("({} | by(name)) >> ({} | count() > 0)", 9, Order.NEWEST_FIRST))
        .hasMessageContaining("not supported for multiple spansets per trace");
    assertThatThrownBy(() -> search("{} | rate()", 9, Order.NEWEST_FIRST))
        .hasMessageContaining("this one is for metrics");
  }

  private TraceSearchAnswer search(String query, int limit, Order order) {
    try (QueryContext context = context(new SimulatedTime(0))) {
      TraceSearchAnswer answer =
          new TraceqlEngine(spans, TraceqlOptions.DEFAULT)
              .search(request(query, limit, order), context);
      assertThat(context.reservedBytes()).isZero();
      return answer;
    }
  }

  private TraceSearchAnswer answer(String query, long fromSecond, long toSecond, int spansMax) {
    try (QueryContext context = context(new SimulatedTime(0))) {
      TraceSearchRequest request =
          new TraceSearchRequest(
              TraceqlParser.parseValid(query),
              fromSecond * SECOND,
              toSecond * SECOND,
              20,
              spansMax,
              Order.NEWEST_FIRST);
      return new TraceqlEngine(spans, TraceqlOptions.DEFAULT).search(request, context);
    }
  }

  private static TraceSearchRequest request(String query, int limit, Order order) {
    return new TraceSearchRequest(
        TraceqlParser.parseValid(query), 0, 2_000 * SECOND, limit, 100, order);
  }

  static QueryContext context(SimulatedTime time) {
    MemoryBudget budget = new MemoryLedger().open("queries", 1 << 28);
    return new QueryContext(TenantId.DEFAULT, time, Duration.ofMinutes(1), budget, 1 << 27);
  }

  /** Traces by the last digit of their id with all their matched spans. */
  static String shown(TraceSearchAnswer answer) {
    return answer.traces().stream()
        .map(trace ->
            Long.toHexString(trace.id().low())
                + ":"
                + trace.spansets().stream()
                    .map(MatchedTrace.SpansetMatch::spans)
                    .flatMap(List::stream)
                    .map(span -> Long.toString(span.spanId()))
                    .collect(Collectors.joining(",")))
        .collect(Collectors.joining(" "));
  }
}
