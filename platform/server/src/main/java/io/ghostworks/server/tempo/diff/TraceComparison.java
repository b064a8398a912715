package io.ghostworks.server.tempo.diff;

import io.ghostworks.server.tempo.diff.TracePatch.ModifiedSpan;
import io.ghostworks.server.tempo.diff.TracePatch.SpanChange;
import io.ghostworks.server.tempo.diff.TracePatch.SpanRef;
import io.ghostworks.server.tempo.diff.TracePatch.SpanSnapshot;
import io.ghostworks.server.tempo.diff.TracePatch.SpanTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the spans of two traces that have the same service, name and kind, those below the same
 * kind of parent first, and says what the pairs and the spans without one change.
 */
final class TraceComparison {

  private final NormalTrace base;
  private final NormalTrace compare;

  TraceComparison(NormalTrace base, NormalTrace compare) {
    this.base = base;
    this.compare = compare;
  }

  TracePatch patch() {
    Map<Long, NormalSpan> matched = matched();
    Set<Long> used = new HashSet<>();
    List<ModifiedSpan> modified = new ArrayList<>();
    List<SpanChange> added = new ArrayList<>();
    List<SpanChange> removed = new ArrayList<>();
    for (NormalSpan span : compare.spans()) {
      NormalSpan before = matched.get(span.spanId());
      if (before == null) {
        added.add(new SpanChange(addedTo(span.path()), snapshot(span)));
        continue;
      }
      used.add(before.spanId());
      List<Change> changes = changes(before, span);
      if (!changes.isEmpty()) {
        modified.add(new ModifiedSpan(ref(span), changes));
      }
    }
    for (NormalSpan span : base.spans()) {
      if (!used.contains(span.spanId())) {
        removed.add(
            new SpanChange(new SpanTarget("span", span.path(), null, null), snapshot(span)));
      }
    }
    return new TracePatch(
        TracePatch.VERSION,
        new TracePatch.Meta(base.traceId(), base.spanCount()),
        new TracePatch.Meta(compare.traceId(), compare.spanCount()),
        stats(used.size(), modified, added.size(), removed.size()),
        modified,
        added,
        removed,
        warnings());
  }

  private TracePatch.Stats stats(int matched, List<ModifiedSpan> modified, int added, int removed) {
    int fields = 0;
    int attributes = 0;
    for (ModifiedSpan span : modified) {
      for (Change change : span.changes()) {
        if (change.target().isField()) {
          fields++;
        } else {
          attributes++;
        }
      }
    }
    return new TracePatch.Stats(
        base.spanCount(),
        compare.spanCount(),
        matched,
        modified.size(),
        added,
        removed,
        fields,
        attributes,
        0,
        false);
  }

  /** The base's span of each span of the other trace that has one, by its id. */
  private Map<Long, NormalSpan> matched() {
    Map<SpanIdentity, Map<Long, NormalSpan>> free = new HashMap<>();
    Map<Placed, Map<Long, NormalSpan>> freeBelow = new HashMap<>();
    for (NormalSpan span : base.spans()) {
      free.computeIfAbsent(span.identity(), key -> new LinkedHashMap<>()).put(span.spanId(), span);
      freeBelow
          .computeIfAbsent(Placed.of(span), key -> new LinkedHashMap<>())
          .put(span.spanId(), span);
    }
    Map<Long, NormalSpan> pairs = new HashMap<>();
    for (NormalSpan span : compare.spans()) {
      Map<Long, NormalSpan> candidates = free.getOrDefault(span.identity(), Map.of());
      Map<Long, NormalSpan> siblings =
          span.parent() == null ? Map.of() : freeBelow.getOrDefault(Placed.of(span), Map.of());
      Map<Long, NormalSpan> best = siblings.isEmpty() ? candidates : siblings;
      if (!best.isEmpty()) {
        NormalSpan pair = best.values().iterator().next();
        pairs.put(span.spanId(), pair);
        candidates.remove(pair.spanId());
        Objects.requireNonNull(freeBelow.get(Placed.of(pair))).remove(pair.spanId());
      }
    }
    return pairs;
  }

  private record Placed(SpanIdentity identity, @Nullable SpanIdentity parent) {
    static Placed of(NormalSpan span) {
      return new Placed(span.identity(), span.parent());
    }
  }

  private static List<Change> changes(NormalSpan before, NormalSpan after) {
    List<Change> changes = new ArrayList<>();
    boolean bothValid = before.durationValid() && after.durationValid();
    boolean sameDuration =
        bothValid
            ? Tolerance.sameDuration(before.durationNanos(), after.durationNanos())
            : before.durationValid() == after.durationValid();
    if (!sameDuration) {
      changes.add(
          new Change(
              "modify",
              Change.Target.field("duration_nanos"),
              before.durationValid() ? before.durationNanos() : null,
              after.durationValid() ? after.durationNanos() : null));
    }
    if (!before.status().equals(after.status())) {
      changes.add(
          new Change("modify", Change.Target.field("status"), before.status(), after.status()));
    }
    Set<String> keys = new TreeSet<>(before.attributes().keySet());
    keys.addAll(after.attributes().keySet());
    keys.forEach(key -> attribute(key, before.attributes(), after.attributes(), changes));
    return changes;
  }

  private static void attribute(
      String key,
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after,
      List<Change> changes) {
    Change.Target target = Change.Target.attribute(key);
    Object was = before.get(key);
    Object is = after.get(key);
    if (!before.containsKey(key)) {
      changes.add(new Change("add", target, null, printable(is)));
    } else if (!after.containsKey(key)) {
      changes.add(new Change("remove", target, printable(was), null));
    } else if (!Tolerance.sameAttribute(key, was, is)) {
      changes.add(new Change("modify", target, printable(was), printable(is)));
    }
  }

  /** A value that JSON can hold. */
  private static @Nullable Object printable(@Nullable Object value) {
    return switch (value) {
      case Double d when d.isNaN() -> "NaN";
      case Double d when d.isInfinite() -> d > 0 ? "+Inf" : "-Inf";
      case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 -> (Object) d.longValue();
      case List<?> list -> {
        List<@Nullable Object> all = new ArrayList<>();
        list.forEach(one -> all.add(printable(one)));
        yield all;
      }
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> all = new LinkedHashMap<>();
        map.forEach((key, one) -> all.put(key, printable(one)));
        yield all;
      }
      case null -> null;
      default -> value;
    };
  }

  private List<Warning> warnings() {
    List<Warning> all = new ArrayList<>(base.warnings());
    all.addAll(compare.warnings());
    Set<String> seen = new HashSet<>();
    all.removeIf(warning -> !seen.add(warning.identity()));
    return all;
  }

  private static SpanTarget addedTo(List<Integer> path) {
    return new SpanTarget("span", null, nonEmpty(path.subList(0, path.size() - 1)), path.getLast());
  }

  private static @Nullable List<Integer> nonEmpty(List<Integer> path) {
    return path.isEmpty() ? null : path;
  }

  private static SpanRef ref(NormalSpan span) {
    SpanIdentity identity = span.identity();
    return new SpanRef(span.path(), identity.service(), identity.name(), identity.kind());
  }

  private static SpanSnapshot snapshot(NormalSpan span) {
    SpanIdentity identity = span.identity();
    return new SpanSnapshot(
        span.path(),
        identity.service(),
        identity.name(),
        identity.kind(),
        span.durationNanos(),
        span.status());
  }
}
