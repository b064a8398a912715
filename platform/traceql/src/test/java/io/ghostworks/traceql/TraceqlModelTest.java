package io.ghostworks.traceql;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.traceql.TraceSearchRequest.Order;
import io.ghostworks.traceql.parse.TraceqlParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random queries over random traces, against sets of spans and walks along parents. */
class TraceqlModelTest {
  private static final long SEED = Long.getLong("ghostworks.seed", 20_261);
  private static final int ROUNDS = 1_000;

  private final Random random = new Random(SEED);

  private record Span(
      int trace,
      long id,
      long parent,
      String name,
      Integer n,
      int status,
      long start,
      long length) {}

  /** A query with what it finds of the spans of a trace. */
  private record Query(String text, Function<Set<Span>, Set<Span>> finds) {}

  @Test
  void findsWhatANaiveEvaluationFinds() {
    for (int round = 0; round < ROUNDS; round++) {
      List<List<Span>> traces = traces();
      MemorySpans source = new MemorySpans();
      traces.forEach(trace -> add(trace, source));
      Query query = pipeline();
      int limit = 1 + random.nextInt(6);
      Order order = random.nextBoolean() ? Order.NEWEST_FIRST : Order.LONGEST_FIRST;
      String expected = expected(traces, query, limit, order);
      String where = "seed %d, round %d: %s".formatted(SEED, round, query.text());
      assertThat(found(source, query, limit, order)).as(where).isEqualTo(expected);
    }
  }

  private List<List<Span>> traces() {
    List<List<Span>> traces = new ArrayList<>();
    int count = 1 + random.nextInt(7);
    for (int trace = 0; trace < count; trace++) {
      List<Span> spans = new ArrayList<>();
      int size = 1 + random.nextInt(9);
      for (int id = 1; id <= size; id++) {
        // ids are those of the trace or of nobody; later ones may be parents of earlier ones
        long parent = random.nextInt(4) == 0 ? 0 : random.nextInt(size + 2);
        spans.add(
            new Span(
                trace,
                id,
                parent,
                random.nextBoolean() ? "a" : "b",
                random.nextInt(3) == 0 ? null : random.nextInt(5),
                random.nextInt(3),
                1_000 + random.nextInt(200),
                random.nextInt(100)));
      }
      spans.sort(Comparator.comparingLong(Span::start).thenComparingLong(Span::id));
      traces.add(spans);
    }
    return traces;
  }

  private static void add(List<Span> trace, MemorySpans source) {
    TraceFixture fixture = new TraceFixture(trace.getFirst().trace() + 1);
    for (Span span : trace) {
      Map<String, Integer> attributes = span.n() == null ? Map.of() : Map.of("n", span.n());
      fixture.span(
          span.id(),
          span.parent(),
          "s" + span.id() % 2,
          span.name(),
          span.start(),
          span.length(),
          span.status(),
          attributes);
    }
    fixture.addTo(source);
  }

  private Query pipeline() {
    Query first = spanset(2);
    return switch (random.nextInt(5)) {
      case 0 -> {
        int more = random.nextInt(4);
        yield new Query(
            first.text() + " | count() > " + more,
            spans -> {
              Set<Span> found = first.finds().apply(spans);
              return found.size() > more ? found : Set.of();
            });
      }
      case 1 -> {
        Query second = filter();
        yield new Query(
            first.text() + " | " + second.text(),
            spans -> second.finds().apply(first.finds().apply(spans)));
      }
      case 2 -> {
        int least = random.nextInt(5);
        yield new Query(
            first.text() + " | by(name) | max(.n) >= " + least + " | coalesce()",
            spans ->
                first.finds().apply(spans).stream()
                    .collect(Collectors.groupingBy(Span::name))
                    .values()
                    .stream()
                    .filter(group ->
                        group.stream().anyMatch(one -> one.n() != null && one.n() >= least))
                    .flatMap(List::stream)
                    .collect(Collectors.toSet()));
      }
      default -> first;
    };
  }

  private Query spanset(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return filter();
    }
    Query left = spanset(depth - 1);
    Query right = spanset(depth - 1);
    String[] signs = {
      "&&", "||", ">", "<", ">>", "<<", "~", "!>", "!<", "!>>", "!<<", "!~", "&>", "&<", "&>>",
      "&<<", "&~"
    };
    String sign = signs[random.nextInt(signs.length)];
    String text = "(%s) %s (%s)".formatted(left.text(), sign, right.text());
    return new Query(
        text,
        spans -> {
          Set<Span> found = left.finds().apply(spans);
          Set<Span> others = right.finds().apply(spans);
          return join(sign, found, others, spans);
        });
  }

  /** Structure is that of the whole trace: of the spans that a later step leaves all the same. */
  private static Set<Span> join(String sign, Set<Span> left, Set<Span> right, Set<Span> all) {
    Set<Span> both = new LinkedHashSet<>(left);
    both.addAll(right);
    if (sign.equals("||")) {
      return both;
    }
    if (sign.equals("&&")) {
      return left.isEmpty() || right.isEmpty() ? Set.of() : both;
    }
    BiPredicate<Span, Span> related = relation(sign, all);
    Predicate<Span> matches = span -> left.stream().anyMatch(one -> related.test(span, one));
    if (sign.startsWith("!")) {
      return right.stream().filter(matches.negate()).collect(Collectors.toSet());
    }
    Set<Span> found = right.stream().filter(matches).collect(Collectors.toSet());
    if (sign.startsWith("&")) {
      left.stream()
          .filter(one -> right.stream().anyMatch(span -> related.test(span, one)))
          .forEach(found::add);
    }
    return found;
  }

  /** How a span of the right side stands to one of the left side. */
  private static BiPredicate<Span, Span> relation(String sign, Set<Span> all) {
    Map<Long, Span> byId = new HashMap<>();
    all.forEach(span -> byId.put(span.id(), span));
    Predicate<Span> rooted =
        span -> ancestors(span, byId).stream().anyMatch(one -> one.parent() == 0);
    BiPredicate<Span, Span> child = (span, other) -> span.parent() == other.id();
    BiPredicate<Span, Span> below =
        (span, other) -> !span.equals(other) && ancestors(span, byId).contains(other);
    BiPredicate<Span, Span> found =
        switch (sign.replaceFirst("^[!&]", "")) {
          case ">" -> child;
          case "<" -> (span, other) -> child.test(other, span);
          case ">>" -> below;
          case "<<" -> (span, other) -> below.test(other, span);
          default -> (span, other) -> !span.equals(other) && span.parent() == other.parent();
        };
    return (span, other) -> rooted.test(span) && rooted.test(other) && found.test(span, other);
  }

  /** The span and those above it. */
  private static Set<Span> ancestors(Span span, Map<Long, Span> byId) {
    Set<Span> found = new LinkedHashSet<>();
    for (Span one = span; one != null && found.add(one); one = byId.get(one.parent())) {
      // until there is none, or a cycle
    }
    return found;
  }

  private Query filter() {
    Map.Entry<String, Predicate<Span>> condition = condition(2);
    return new Query(
        "{ " + condition.getKey() + " }",
        spans -> spans.stream().filter(condition.getValue()).collect(Collectors.toSet()));
  }

  private Map.Entry<String, Predicate<Span>> condition(int depth) {
    int number = random.nextInt(5);
    int kind = random.nextInt(depth == 0 ? 9 : 12);
    if (kind >= 9) {
      Map.Entry<String, Predicate<Span>> left = condition(depth - 1);
      Map.Entry<String, Predicate<Span>> right = condition(depth - 1);
      boolean and = random.nextBoolean();
      return Map.entry(
          "(%s %s %s)".formatted(left.getKey(), and ? "&&" : "||", right.getKey()),
          and ? left.getValue().and(right.getValue()) : left.getValue().or(right.getValue()));
    }
    return switch (kind) {
      case 0 -> Map.entry("true", span -> true);
      case 1 -> Map.entry(".n > " + number, span -> span.n() != null && span.n() > number);
      case 2 -> Map.entry(".n != " + number, span -> span.n() != null && span.n() != number);
      case 3 -> Map.entry("span.n = nil", span -> span.n() == null);
      case 4 -> Map.entry("name =~ `[ac]`", span -> span.name().equals("a"));
      case 5 -> Map.entry("status != error", span -> span.status() != 2);
      case 6 ->
          Map.entry("duration <= " + number * 20 + "ns", span -> span.length() <= number * 20L);
      case 7 ->
          Map.entry(
              "(resource.service.name = `s1` && span.n + 1 = " + number + ")",
              span -> span.id() % 2 == 1 && span.n() != null && span.n() + 1 == number);
      default -> Map.entry("name = `b`", span -> span.name().equals("b"));
    };
  }

  private static String expected(List<List<Span>> traces, Query query, int limit, Order order) {
    Comparator<List<Span>> rank =
        order == Order.NEWEST_FIRST
            ? Comparator.comparingLong(trace -> -trace.getFirst().start())
            : Comparator.comparingLong(trace -> -length(trace));
    return traces.stream()
        .sorted(rank.thenComparingInt(trace -> trace.getFirst().trace()))
        .map(trace -> {
          Set<Span> found = query.finds().apply(new LinkedHashSet<>(trace));
          return found.isEmpty()
              ? ""
              : Integer.toHexString(trace.getFirst().trace() + 1)
                  + ":"
                  + new TreeSet<>(found.stream().map(Span::id).toList())
                      .stream().map(String::valueOf).collect(Collectors.joining(","));
        })
        .filter(text -> !text.isEmpty())
        .limit(limit)
        .collect(Collectors.joining(" "));
  }

  private static long length(List<Span> trace) {
    return trace.stream().mapToLong(span -> span.start() + span.length()).max().orElseThrow()
        - trace.getFirst().start();
  }

  private static String found(MemorySpans source, Query query, int limit, Order order) {
    try (QueryContext context = TraceqlEngineTest.context(new SimulatedTime(0))) {
      TraceSearchRequest request =
          new TraceSearchRequest(
              TraceqlParser.parseValid(query.text()), 0, 10_000, limit, 100, order);
      return new TraceqlEngine(source, TraceqlOptions.DEFAULT)
          .search(request, context).traces().stream()
              .map(TraceqlModelTest::shown)
              .collect(Collectors.joining(" "));
    }
  }

  private static String shown(MatchedTrace trace) {
    return Long.toHexString(trace.id().low())
        + ":"
        + trace.spansets().stream()
            .flatMap(spanset -> spanset.spans().stream())
            .map(MatchedSpan::spanId)
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
  }
}
