package io.ghostworks.rules;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Writes the series of a group's rules and remembers them, so that those that are gone end with a
 * staleness marker. For the one thread that evaluates the group.
 */
final class RuleSeries {
  private final String source;
  private final TenantId tenant;
  private final TelemetrySink<SeriesBatch> sink;
  private final List<Set<Labels>> before = new ArrayList<>();
  private final List<Labels> abandoned = new ArrayList<>();

  /**
   * @param rules how many the group has
   */
  RuleSeries(String source, TenantId tenant, TelemetrySink<SeriesBatch> sink, int rules) {
    this.source = source;
    this.tenant = tenant;
    this.sink = sink;
    for (int i = 0; i < rules; i++) {
      before.add(Set.of());
    }
  }

  /** Remembers what a rule wrote before a restart. */
  void restore(int rule, List<InstantQuery.Element> series) {
    before.set(rule, labelsOf(series));
  }

  /** Goes on with the series of a rule of the group that this one replaces. */
  void takeOver(int rule, RuleSeries other, int otherRule) {
    before.set(rule, other.before.get(otherRule));
  }

  /** Ends the series of a rule that is no longer there at the next {@link #endAbandoned}. */
  void abandon(RuleSeries other, int otherRule) {
    abandoned.addAll(other.before.get(otherRule));
  }

  /** Takes over what the group that this one replaces has not ended yet. */
  void takeOverAbandoned(RuleSeries other) {
    abandoned.addAll(other.abandoned);
  }

  /**
   * Writes a rule's series and ends those that are gone.
   *
   * @return what was refused, or ""
   * @throws OverloadedException if nothing can be written now
   */
  String write(int rule, List<InstantQuery.Element> series, long atMs) {
    String refused = series.isEmpty() ? "" : refused(offer(batch(series, atMs)));
    Set<Labels> now = labelsOf(series);
    List<Labels> gone = before.get(rule).stream().filter(labels -> !now.contains(labels)).toList();
    if (!gone.isEmpty()) {
      offer(staleBatch(gone, atMs));
    }
    before.set(rule, now);
    return refused;
  }

  /**
   * Ends the series of rules that are no longer there.
   *
   * @throws OverloadedException if nothing can be written now
   */
  void endAbandoned(long atMs) {
    if (!abandoned.isEmpty()) {
      offer(staleBatch(abandoned, atMs));
      abandoned.clear();
    }
  }

  private SeriesBatch batch(List<InstantQuery.Element> series, long atMs) {
    SeriesBatch batch = new SeriesBatch(source);
    for (InstantQuery.Element element : series) {
      int set = batch.sets().add(element.labels());
      FloatHistogram histogram = element.histogram();
      if (histogram == null) {
        batch.add(set, atMs, element.value());
      } else {
        batch.add(set, atMs, histogram);
      }
    }
    return batch;
  }

  private SeriesBatch staleBatch(List<Labels> gone, long atMs) {
    SeriesBatch batch = new SeriesBatch(source);
    for (Labels labels : gone) {
      batch.addBits(batch.sets().add(labels), atMs, Samples.STALE_BITS);
    }
    return batch;
  }

  private Acknowledgement offer(SeriesBatch batch) {
    try {
      return sink.offer(tenant, batch).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof OverloadedException overloaded) {
        throw overloaded;
      }
      throw e;
    }
  }

  private static String refused(Acknowledgement acknowledgement) {
    return acknowledgement.rejections().isEmpty()
        ? ""
        : "%d of the rule's samples were refused: %s"
            .formatted(
                acknowledgement.rejectedRows(),
                acknowledgement.rejections().stream()
                    .map(Rejection::example)
                    .findFirst()
                    .orElse(""));
  }

  private static Set<Labels> labelsOf(List<InstantQuery.Element> series) {
    Set<Labels> labels = new LinkedHashSet<>();
    series.forEach(element -> labels.add(element.labels()));
    return labels;
  }
}
