package io.ghostworks.series;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.RowRefusals;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.series.head.SeriesStates;
import java.time.Duration;
import java.util.List;

/**
 * Decides about each row of a batch before anything of it is written: labels, limits, clock, order,
 * duplicates. What it accepts is never refused afterwards. Used by the holder of the admission
 * lock.
 */
final class Admission {
  private final SeriesOptions options;
  private final Head head;
  private final SeriesResolver series;
  private final FrameCutter frames;
  private final SampleOrder order;
  private final BesideSamples beside;

  Admission(
      SeriesOptions options,
      Head head,
      SeriesResolver series,
      LiveLayers live,
      Retention retention,
      ExemplarStore exemplars,
      MetadataStore metadata) {
    this.options = options;
    this.head = head;
    this.series = series;
    this.frames = new FrameCutter(options, head.index());
    this.order = new SampleOrder(head, live, new StoredSamples(live, retention), frames);
    this.beside =
        new BesideSamples(options.futureLimit(), head, exemplars, metadata, series, frames);
  }

  /** Decides about a batch. The rows accepted count as stored for whatever is admitted next. */
  Admitted admit(TenantId tenant, SeriesBatch rows, TenantAccount account, long nowMs) {
    Rejections rejections = new Rejections();
    ArrivingBatch batch =
        new ArrivingBatch(
            tenant,
            head.tenant(tenant),
            account,
            options.limits().apply(tenant),
            rows,
            nowMs,
            options.retention().longest(tenant).raw(),
            options.retention().shortest(tenant).raw(),
            rejections);
    frames.begin(tenant, head.index());
    series.begin(batch);
    order.begin();
    RowRefusals.Builder refusals = new RowRefusals.Builder();
    int rejectedHistograms = admitRows(batch, refusals);
    int rejectedExemplars = beside.admitExemplars(batch);
    beside.admitMetadata(batch);
    series.end(batch);
    order.end();
    return new Admitted(
        frames.cut(),
        order.repeated(),
        order.repeatsWaiting(),
        rejections.list(),
        rejectedHistograms,
        rejectedExemplars,
        refusals.build());
  }

  /** The frames begun by an admission that ended with an exception. */
  List<Rows> unfinished() {
    return frames.frames();
  }

  /** The minute of a time, as the states of series note when they were seen. */
  static int minute(long epochMs) {
    return (int) (epochMs / 60_000);
  }

  /** Answers how many of the refused rows are histograms. */
  private int admitRows(ArrivingBatch batch, RowRefusals.Builder refusals) {
    int rejectedHistograms = 0;
    Rejections rejections = batch.rejections();
    for (int row = 0; row < batch.rows().rows(); row++) {
      int rejected = rejections.total();
      admitRow(batch, row);
      Reason reason = rejections.total() > rejected ? rejections.last() : null;
      if (reason != null) {
        refusals.refuse(row, reason);
        rejectedHistograms += batch.rows().isHistogram(row) ? 1 : 0;
      }
    }
    return rejectedHistograms;
  }

  private void admitRow(ArrivingBatch batch, int row) {
    long time = batch.rows().timestampMs(row);
    if (isInClock(batch, row, time) && isValid(batch, row)) {
      int number = series.series(batch, row);
      if (number != SeriesResolver.REFUSED
          && isKept(batch, row, number, time)
          && order.takes(batch, row, number, time)) {
        accept(batch, row, number, time);
      }
    }
  }

  private boolean isInClock(ArrivingBatch batch, int row, long time) {
    if (time > batch.nowMs() + options.futureLimit().toMillis()) {
      batch.refuse(
          row,
          Reason.TOO_FAR_IN_FUTURE,
          () ->
              "a sample must be at most %s ahead of the clock, got %s"
                  .formatted(ArrivingBatch.show(options.futureLimit()), ArrivingBatch.show(time)));
      return false;
    }
    if (time < batch.nowMs() - batch.longestKept().toMillis()) {
      refuseTooOld(batch, row, batch.longestKept(), time);
      return false;
    }
    return true;
  }

  private static boolean isValid(ArrivingBatch batch, int row) {
    if (!batch.rows().isHistogram(row)) {
      return true;
    }
    String violation =
        HistogramRules.violation(batch.rows().histogram(row), batch.limits().histogramBucketsMax());
    if (violation != null) {
      batch.refuse(row, Reason.INVALID_ROW, () -> violation);
    }
    return violation == null;
  }

  /** Whether the series' own retention has room for a time that others' have. */
  private boolean isKept(ArrivingBatch batch, int row, int number, long time) {
    if (time >= batch.nowMs() - batch.shortestKept().toMillis()) {
      return true;
    }
    Duration kept = options.retention().of(batch.tenant(), head.index().labels(number)).raw();
    if (time >= batch.nowMs() - kept.toMillis()) {
      return true;
    }
    refuseTooOld(batch, row, kept, time);
    return false;
  }

  private static void refuseTooOld(ArrivingBatch batch, int row, Duration kept, long time) {
    batch.refuse(
        row,
        Reason.TOO_OLD,
        () ->
            "a sample must not be older than the retention of %s, got %s"
                .formatted(ArrivingBatch.show(kept), ArrivingBatch.show(time)));
  }

  private void accept(ArrivingBatch batch, int row, int number, long time) {
    SeriesBatch rows = batch.rows();
    frames.add(rows, row, number, start(rows, row));
    SeriesStates states = head.states();
    states.addWaiting(number, 1);
    states.lastSeenMinute(number, minute(batch.nowMs()));
    if (time > states.newestMs(number)) {
      boolean histogram = rows.isHistogram(row);
      states.newest(number, time, histogram ? 0 : rows.valueBits(row), histogram);
    }
  }

  /** A start after its sample says nothing, as in Prometheus. */
  private static long start(SeriesBatch rows, int row) {
    long start = rows.startTimestampMs(row);
    return start < 0 || start > rows.timestampMs(row) ? 0 : start;
  }
}
