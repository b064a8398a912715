package io.ghostworks.server.tempo.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ghostworks.server.tempo.diff.TracePatch.SpanChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * In what two traces differ as wholes, and which services changed: Tempo's {@code
 * trace-summary-v0-native}. Components are the properties of its JSON.
 */
record TraceSummaryDiff(
    String version,
    Side base,
    Side compare,
    Signals signals,
    Trust trust,
    Stats stats,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings,
    List<String> changedServices,
    List<ServiceChange> services) {

  static final String VERSION = "trace-summary-v0-native";

  private static final long NANOS_PER_MS = 1_000_000;

  /** The sums of a service drifted if they differ by as much, and by a twentieth. */
  private static final long DRIFT_NANOS_MIN = 1_000_000;

  private static final long DRIFT_SHARE = 20;

  /** One trace; its duration is from the first start to the last end of spans that have both. */
  record Side(
      String traceId,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String rootService,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String rootName,
      int spanCount,
      int errorSpanCount,
      long durationMs,
      long sumSpanDurationMs) {}

  record Signals(
      String traceLatency,
      String sumSpanDuration,
      String errors,
      String spanCount,
      String structure) {}

  /** How many spans have a counterpart, of those of the larger and of the smaller trace. */
  record Trust(double matchedSpanRatio, double structureOverlap) {}

  record Stats(
      long traceLatencyDeltaMs,
      long sumSpanDurationDeltaMs,
      int spanCountDelta,
      int errorSpanDelta,
      int matchedSpans,
      int modifiedSpans,
      int addedSpans,
      int removedSpans,
      int fieldChanges,
      int attributeChanges) {}

  record ServiceChange(
      String name,
      long sumSpanDurationDeltaMs,
      int modified,
      int added,
      int removed,
      int newErrors,
      int resolvedErrors) {}

  static TraceSummaryDiff of(NormalTrace base, NormalTrace compare, TracePatch patch) {
    TraceTotals before = TraceTotals.of(base);
    TraceTotals after = TraceTotals.of(compare);
    SortedSet<String> restructured = before.restructured(after);
    Map<String, Counts> counts = counts(patch);
    SortedSet<String> changed = new TreeSet<>(counts.keySet());
    changed.addAll(restructured);
    List<ServiceChange> services = services(before, after, counts, changed);
    Stats stats = stats(before, after, patch.stats());
    return new TraceSummaryDiff(
        VERSION,
        before.side(base),
        after.side(compare),
        signals(stats, !restructured.isEmpty()),
        trust(patch.stats()),
        stats,
        patch.warnings(),
        List.copyOf(changed),
        services);
  }

  private static Stats stats(TraceTotals before, TraceTotals after, TracePatch.Stats patch) {
    return new Stats(
        (after.envelopeNanos() - before.envelopeNanos()) / NANOS_PER_MS,
        (after.sumNanos() - before.sumNanos()) / NANOS_PER_MS,
        patch.spanCountB() - patch.spanCountA(),
        after.errors() - before.errors(),
        patch.matchedSpans(),
        patch.modifiedSpans(),
        patch.addedSpans(),
        patch.removedSpans(),
        patch.fieldChanges(),
        patch.attributeChanges());
  }

  private static Signals signals(Stats stats, boolean restructured) {
    boolean changed = stats.addedSpans() > 0 || stats.removedSpans() > 0 || restructured;
    return new Signals(
        direction(stats.traceLatencyDeltaMs()),
        direction(stats.sumSpanDurationDeltaMs()),
        direction(stats.errorSpanDelta()),
        direction(stats.spanCountDelta()),
        changed ? "changed" : "unchanged");
  }

  private static String direction(long delta) {
    return delta > 0 ? "increased" : delta < 0 ? "decreased" : "unchanged";
  }

  private static Trust trust(TracePatch.Stats stats) {
    int larger = Math.max(stats.spanCountA(), stats.spanCountB());
    int smaller = Math.min(stats.spanCountA(), stats.spanCountB());
    if (larger == 0) {
      return new Trust(1, 1);
    }
    double matched = stats.matchedSpans();
    return new Trust(matched / larger, smaller == 0 ? 0 : matched / smaller);
  }

  /** What became of the spans of a service. */
  private static final class Counts {
    private int modified;
    private int added;
    private int removed;
    private int newErrors;
    private int resolvedErrors;

    private void status(boolean wasError, boolean isError) {
      newErrors += isError && !wasError ? 1 : 0;
      resolvedErrors += wasError && !isError ? 1 : 0;
    }
  }

  private static Map<String, Counts> counts(TracePatch patch) {
    Map<String, Counts> all = new HashMap<>();
    for (TracePatch.ModifiedSpan span : patch.modified()) {
      Counts counts = of(all, span.span().service());
      counts.modified++;
      for (Change change : span.changes()) {
        if ("status".equals(change.target().name())) {
          counts.status("error".equals(change.before()), "error".equals(change.after()));
        }
      }
    }
    for (SpanChange span : patch.added()) {
      Counts counts = of(all, span.span().service());
      counts.added++;
      counts.status(false, span.span().status().equals("error"));
    }
    for (SpanChange span : patch.removed()) {
      Counts counts = of(all, span.span().service());
      counts.removed++;
      counts.status(span.span().status().equals("error"), false);
    }
    return all;
  }

  private static Counts of(Map<String, Counts> all, String service) {
    return all.computeIfAbsent(
        service.isEmpty() ? TraceTotals.UNKNOWN_SERVICE : service, name -> new Counts());
  }

  /** Services with changed spans, and those that drifted, which are added to the changed ones. */
  private static List<ServiceChange> services(
      TraceTotals before,
      TraceTotals after,
      Map<String, Counts> counts,
      SortedSet<String> changed) {
    Map<String, Long> deltas = new TreeMap<>(after.serviceNanos());
    before.serviceNanos().forEach((service, nanos) -> deltas.merge(service, -nanos, Long::sum));
    List<ServiceChange> all = new ArrayList<>();
    deltas.forEach((service, delta) -> {
      boolean drifted = hasDrifted(before.serviceNanos().getOrDefault(service, 0L), delta);
      @Nullable Counts found = counts.get(service);
      if (drifted) {
        changed.add(service);
      }
      if (drifted || found != null) {
        Counts of = found == null ? new Counts() : found;
        all.add(
            new ServiceChange(
                service,
                delta / NANOS_PER_MS,
                of.modified,
                of.added,
                of.removed,
                of.newErrors,
                of.resolvedErrors));
      }
    });
    all.sort(
        Comparator.<ServiceChange>comparingLong(
                service -> -Math.abs(service.sumSpanDurationDeltaMs()))
            .thenComparingInt(service -> -service.newErrors())
            .thenComparing(ServiceChange::name));
    return all;
  }

  private static boolean hasDrifted(long baseNanos, long deltaNanos) {
    long drift = Math.abs(deltaNanos);
    return drift >= DRIFT_NANOS_MIN && drift >= Math.ceilDiv(baseNanos, DRIFT_SHARE);
  }
}
