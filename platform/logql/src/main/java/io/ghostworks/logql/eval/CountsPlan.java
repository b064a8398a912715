package io.ghostworks.logql.eval;

import io.ghostworks.logql.MetadataLabels;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.DetectedLevel;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.CountRequest;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.StreamCounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers a range aggregation from the counts that the store keeps, where they give what reading
 * the lines would: nothing but labels of streams and levels is asked for, and windows begin and end
 * on whole multiples of 15 seconds, or there is one window only.
 */
final class CountsPlan {
  private static final long BUCKET_NANOS = 15_000_000_000L;

  private final Extraction extraction;
  private final WindowGrid windows;
  private final RecordSource source;
  private final QueryContext context;

  CountsPlan(Extraction extraction, WindowGrid windows, RecordSource source, QueryContext context) {
    this.extraction = extraction;
    this.windows = windows;
    this.source = source;
    this.context = context;
  }

  /** The samples, or empty where the lines must be read. */
  Optional<SampleFeed> feed() {
    Optional<CountedStages> stages = CountedStages.of(extraction);
    long cell = windows.cellNanos();
    long edge = windows.fromNanos() - 1;
    boolean aligned = cell % BUCKET_NANOS == 0 && Math.floorMod(edge, BUCKET_NANOS) == 0;
    boolean one = windows.steps() == 1;
    if (stages.isEmpty() || !(aligned || one)) {
      return Optional.empty();
    }
    boolean byLevel = stages.get().names().contains(DetectedLevel.NAME);
    List<StreamCounts> counts =
        one ? ofWindow(byLevel) : request(edge, windows.toNanos() - 1, cell, byLevel);
    Set<String> names = new HashSet<>(stages.get().names());
    names.remove(DetectedLevel.NAME);
    MetadataLabels attributes =
        new MetadataLabels(source, windows.fromNanos(), windows.toNanos(), context);
    for (StreamCounts each : counts) {
      if (!attributes.areDecidedBy(each.stream(), names)) {
        return Optional.empty();
      }
    }
    long firstEnd = one ? windows.endNanos(0) : edge + cell;
    return Optional.of(feed(counts, stages.get(), firstEnd, cell));
  }

  private SampleFeed feed(
      List<StreamCounts> counts, CountedStages stages, long firstEndNanos, long cellNanos) {
    LabelTable table = new LabelTable(context::reserve);
    int[] series = new int[counts.size()];
    for (int i = 0; i < series.length; i++) {
      Labels labels = labels(counts.get(i));
      series[i] = stages.keeps(labels) ? table.number(grouped(labels)) : -1;
    }
    return new CountsFeed(
        counts, series, table, firstEndNanos, cellNanos, extraction.ofBytes(), context);
  }

  private static Labels labels(StreamCounts counts) {
    return counts.level().isEmpty() || counts.stream().has(DetectedLevel.NAME)
        ? counts.stream()
        : counts.stream().toBuilder().set(DetectedLevel.NAME, counts.level()).build();
  }

  private Labels grouped(Labels labels) {
    return extraction.noLabels() ? Labels.EMPTY : LabelSets.only(labels, extraction.groups());
  }

  /** The counts of one window: of its whole buckets, and of what is left at its edges. */
  private List<StreamCounts> ofWindow(boolean byLevel) {
    long edge = windows.fromNanos() - 1;
    long end = windows.toNanos() - 1;
    long first = -Math.floorDiv(-edge, BUCKET_NANOS) * BUCKET_NANOS;
    long last = Math.floorDiv(end, BUCKET_NANOS) * BUCKET_NANOS;
    if (first >= last) {
      return request(edge, end, end - edge, byLevel);
    }
    List<StreamCounts> counts = new ArrayList<>();
    if (edge < first) {
      counts.addAll(request(edge, first, first - edge, byLevel));
    }
    counts.addAll(request(first, last, last - first, byLevel));
    if (last < end) {
      counts.addAll(request(last, end, end - last, byLevel));
    }
    return counts;
  }

  /** The counts behind one time up to another, which belongs to them. */
  private List<StreamCounts> request(long edge, long end, long cell, boolean byLevel) {
    return source.counts(
        new CountRequest(List.of(extraction.matchers()), edge + 1, end + 1, cell, byLevel),
        context);
  }
}
