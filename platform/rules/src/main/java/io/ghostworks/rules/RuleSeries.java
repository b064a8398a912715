package io.ghostworks.rules;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.RowRefusals;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

/**
 * Writes the series of a group's rules and remembers them, so that those that are gone end with a
 * staleness marker. For the one thread that evaluates the group.
 */
final class RuleSeries {
  private final String source;
  private final TenantId tenant;
  private final TelemetrySink<SeriesBatch> sink;

  /** The series of each rule at its last evaluation. */
  private final AtomicReferenceArray<Set<Labels>> before;

  private final List<Labels> abandoned = new ArrayList<>();

  /** What a rule gives, and afterwards what became of it. */
  static final class Output {
    private final int rule;
    private final List<InstantQuery.Element> series;
    private String refused = "";

    /**
     * @param rule its number in the group
     */
    Output(int rule, List<InstantQuery.Element> series) {
      this.rule = rule;
      this.series = series;
    }

    int rule() {
      return rule;
    }

    int size() {
      return series.size();
    }

    /** Why samples of it were refused; "" if all were taken. */
    String refused() {
      return refused;
    }
  }

  /**
   * @param rules how many the group has
   */
  RuleSeries(String source, TenantId tenant, TelemetrySink<SeriesBatch> sink, int rules) {
    this.source = source;
    this.tenant = tenant;
    this.sink = sink;
    this.before = new AtomicReferenceArray<>(rules);
    for (int i = 0; i < rules; i++) {
      before.set(i, Set.of());
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

  /** Whether a rule of the group wrote a series at its last evaluation. For any thread. */
  boolean writes(Labels labels) {
    for (int i = 0; i < before.length(); i++) {
      if (before.get(i).contains(labels)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes what the rules of one step give, in their order, and ends what is gone of each.
   *
   * @throws OverloadedException if nothing can be written now
   */
  void write(List<Output> outputs, long atMs) {
    SeriesBatch batch = new SeriesBatch(source);
    List<Set<Labels>> now = new ArrayList<>(outputs.size());
    for (Output output : outputs) {
      for (InstantQuery.Element element : output.series) {
        add(batch, element, atMs);
      }
      Set<Labels> written = labelsOf(output.series);
      for (Labels labels : before.get(output.rule)) {
        if (!written.contains(labels)) {
          batch.addBits(batch.sets().add(labels), atMs, Samples.STALE_BITS);
        }
      }
      now.add(written);
    }
    if (batch.rows() > 0) {
      note(outputs, now, offer(batch));
    }
    for (int i = 0; i < outputs.size(); i++) {
      before.set(outputs.get(i).rule, now.get(i));
    }
  }

  private static void add(SeriesBatch batch, InstantQuery.Element element, long atMs) {
    int set = batch.sets().add(element.labels());
    FloatHistogram histogram = element.histogram();
    if (histogram == null) {
      batch.add(set, atMs, element.value());
    } else {
      batch.add(set, atMs, histogram);
    }
  }

  /** Refused samples do not count as written; refused markers are of series that others write. */
  private void note(List<Output> outputs, List<Set<Labels>> now, Acknowledgement acknowledgement) {
    RowRefusals refusals = acknowledgement.refusals();
    if (acknowledgement.rejections().isEmpty()) {
      return;
    }
    int row = 0;
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      int refused = 0;
      Rejection.Reason reason = null;
      for (InstantQuery.Element element : output.series) {
        if (refusals.isRefused(row)) {
          reason = reason == null ? refusals.reason(row) : reason;
          now.get(i).remove(element.labels());
          refused++;
        }
        row++;
      }
      row += ended(output, now.get(i), refused);
      if (reason != null) {
        output.refused =
            "%d of the rule's samples were refused: %s"
                .formatted(refused, example(acknowledgement, reason));
      }
    }
  }

  /** How many markers follow a rule's samples. */
  private int ended(Output output, Set<Labels> accepted, int refused) {
    int ended = 0;
    Set<Labels> written = refused == 0 ? accepted : labelsOf(output.series);
    for (Labels labels : before.get(output.rule)) {
      ended += written.contains(labels) ? 0 : 1;
    }
    return ended;
  }

  private static String example(Acknowledgement acknowledgement, Rejection.Reason reason) {
    return acknowledgement.rejections().stream()
        .filter(rejection -> rejection.reason() == reason)
        .map(Rejection::example)
        .findFirst()
        .orElse(reason.label());
  }

  /**
   * Ends the series of rules that are no longer there, but for those that others write.
   *
   * @throws OverloadedException if nothing can be written now
   */
  void endAbandoned(long atMs, Predicate<Labels> isWritten) {
    if (abandoned.isEmpty()) {
      return;
    }
    SeriesBatch batch = new SeriesBatch(source);
    for (Labels labels : new LinkedHashSet<>(abandoned)) {
      if (!isWritten.test(labels)) {
        batch.addBits(batch.sets().add(labels), atMs, Samples.STALE_BITS);
      }
    }
    if (batch.rows() > 0) {
      var _ = offer(batch);
    }
    abandoned.clear();
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

  private static Set<Labels> labelsOf(Collection<InstantQuery.Element> series) {
    Set<Labels> labels = LinkedHashSet.newLinkedHashSet(series.size());
    series.forEach(element -> labels.add(element.labels()));
    return labels;
  }
}
