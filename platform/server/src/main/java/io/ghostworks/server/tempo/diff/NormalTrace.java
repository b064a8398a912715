package io.ghostworks.server.tempo.diff;

import com.google.re2j.Pattern;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.TraceKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trace as comparisons see it: its spans in the order of its tree, each before its children,
 * siblings by start and id. Spans without their parent are roots, then those that only a cycle
 * leads to; of spans with one id one counts.
 *
 * @param spanCount with those whose id another has
 */
record NormalTrace(String traceId, int spanCount, List<NormalSpan> spans, List<Warning> warnings) {

  /** Long numbers, or long hexadecimal texts such as UUIDs, as words of a name. */
  private static final Pattern ID_IN_NAME =
      Pattern.compile("(?i)\\b(?:[0-9]{6,}|[0-9a-f][0-9a-f-]{7,})\\b");

  private static final int EXAMPLES = 3;
  private static final int SPAN_BYTES = 1024;

  /**
   * @param side which of the two traces it is, for warnings
   * @param memory told of the bytes that it is about to take; may refuse
   */
  static NormalTrace of(SpanBatch spans, String side, LongConsumer memory) {
    List<NormalSpan> ordered = ordered(spans, memory);
    List<Warning> warnings = new ArrayList<>();
    idInName(spans, warnings);
    invalidDurations(spans, side, warnings);
    if (spans.rows() == 0) {
      warnings.add(
          new Warning(
              Warning.NO_SPANS,
              "%s trace contains no spans; comparison has no span matches".formatted(side)));
    }
    int dropped = spans.rows() - ordered.size();
    if (dropped > 0) {
      warnings.add(
          new Warning(
              Warning.DUPLICATE_ID,
              "%s trace has %d span(s) with duplicate span IDs; duplicates are ignored by the diff and counts may disagree"
                  .formatted(side, dropped)));
    }
    String id =
        spans.rows() == 0 ? "" : new TraceKey(spans.traceIdHigh(0), spans.traceIdLow(0)).hex();
    return new NormalTrace(id, spans.rows(), ordered, warnings);
  }

  private static List<NormalSpan> ordered(SpanBatch spans, LongConsumer memory) {
    Comparator<Integer> order =
        Comparator.<Integer>comparingLong(row -> spans.startNanos(row) ^ Long.MIN_VALUE)
            .thenComparingLong(row -> spans.spanId(row) ^ Long.MIN_VALUE);
    List<Integer> rows = IntStream.range(0, spans.rows()).boxed().sorted(order).toList();
    Set<Long> ids = new HashSet<>();
    rows.forEach(row -> ids.add(spans.spanId(row)));
    Map<Long, List<Integer>> children = new HashMap<>();
    for (int row : rows) {
      long parent = spans.parentSpanId(row);
      children.computeIfAbsent(ids.contains(parent) ? parent : 0, id -> new ArrayList<>()).add(row);
    }
    Walk walk = new Walk(spans, children, memory);
    walk.roots(children.getOrDefault(0L, List.of()));
    walk.roots(rows);
    return walk.found;
  }

  /** Goes down a tree of any depth. */
  private static final class Walk {
    private final SpanBatch spans;
    private final Map<Long, List<Integer>> children;
    private final LongConsumer memory;
    private final List<NormalSpan> found = new ArrayList<>();
    private final Set<Long> visited = new HashSet<>();
    private int nextRoot;

    private record Place(int row, List<Integer> above, @Nullable Level level) {}

    /** The siblings below one span. */
    private static final class Level {
      private final SpanIdentity parent;
      private int next;

      Level(SpanIdentity parent) {
        this.parent = parent;
      }
    }

    Walk(SpanBatch spans, Map<Long, List<Integer>> children, LongConsumer memory) {
      this.spans = spans;
      this.children = children;
      this.memory = memory;
    }

    void roots(List<Integer> rows) {
      for (int row : rows) {
        descend(new Place(row, List.of(), null));
      }
    }

    private void descend(Place root) {
      Deque<Place> ahead = new ArrayDeque<>();
      ahead.push(root);
      while (!ahead.isEmpty()) {
        Place place = ahead.pop();
        if (!visited.add(spans.spanId(place.row))) {
          continue;
        }
        memory.accept(SPAN_BYTES + (long) Integer.BYTES * place.above.size());
        List<Integer> path = new ArrayList<>(place.above);
        path.add(place.level == null ? nextRoot++ : place.level.next++);
        NormalSpan span =
            NormalSpan.of(
                spans,
                place.row,
                List.copyOf(path),
                place.level == null ? null : place.level.parent);
        found.add(span);
        Level below = new Level(span.identity());
        List<Integer> rows = children.getOrDefault(span.spanId(), List.of()).reversed();
        if (span.spanId() != 0) {
          rows.forEach(row -> ahead.push(new Place(row, span.path(), below)));
        }
      }
    }
  }

  private static void idInName(SpanBatch spans, List<Warning> warnings) {
    for (int row = 0; row < spans.rows(); row++) {
      SpanIdentity identity = SpanIdentity.of(spans, row);
      if (ID_IN_NAME.matcher(identity.name()).find()) {
        warnings.add(
            new Warning(
                Warning.HIGH_CARDINALITY,
                "span name %s for service %s kind %s appears to contain a high-cardinality token; matching uses raw span names, so equivalent operations with request-specific IDs may be reported as added/removed. Move request-specific IDs to span attributes."
                    .formatted(
                        quoted(identity.name()),
                        quoted(identity.service()),
                        quoted(identity.kind()))));
        return;
      }
    }
  }

  private static void invalidDurations(SpanBatch spans, String side, List<Warning> warnings) {
    List<SpanIdentity> invalid =
        IntStream.range(0, spans.rows())
            .filter(row -> !NormalSpan.hasValidDuration(spans, row))
            .mapToObj(row -> SpanIdentity.of(spans, row))
            .sorted(
                Comparator.comparing(SpanIdentity::service)
                    .thenComparing(SpanIdentity::name)
                    .thenComparing(SpanIdentity::kind))
            .toList();
    if (invalid.isEmpty()) {
      return;
    }
    List<String> examples = new ArrayList<>();
    invalid.stream()
        .limit(EXAMPLES)
        .forEach(span ->
            examples.add(
                "%s service %s kind %s"
                    .formatted(quoted(span.name()), quoted(span.service()), quoted(span.kind()))));
    if (invalid.size() > EXAMPLES) {
      examples.add("and %d more".formatted(invalid.size() - EXAMPLES));
    }
    warnings.add(
        new Warning(
            Warning.INVALID_DURATION,
            "%s trace has %d span(s) with unset or invalid duration; matched duration changes use null on the invalid side; examples: [%s]"
                .formatted(side, invalid.size(), String.join("; ", examples))));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
