package io.ghostworks.series;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.series.chunk.HistogramCodec;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.head.SeriesStates;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides about each row of a batch before anything of it is written: labels, limits, clock, order,
 * duplicates. What it accepts is never refused afterwards. Used by the holder of the admission
 * lock.
 */
final class Admission {
  private static final SeriesBatch NOTHING = new SeriesBatch("");
  private static final int FRAME_ROWS_MAX = 16_384;
  private static final int UNRESOLVED = 0;
  private static final int REFUSED = -1;
  private static final int EXEMPLAR_BYTES_MAX = 512;
  private static final int METADATA_BYTES_MAX = 4_096;

  /** More than the encoded size of a float row. */
  private static final int ROW_BYTES = 40;

  private final SeriesOptions options;
  private final Head head;
  private final LabelMemory labelMemory;
  private final StoredSamples stored;
  private final LiveLayers live;
  private final SenderCache senders = new SenderCache();
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private final BytesOutput encoded = new BytesOutput(256, 1 << 24);

  private TenantId tenant = TenantId.DEFAULT;
  private @Nullable TenantAccount account;
  private SeriesLimits limits = SeriesLimits.defaults();
  private SeriesBatch batch = NOTHING;
  private int[] seriesOfSet = {};
  private Rejections rejections = new Rejections();
  private List<Rows> frames = new ArrayList<>();
  private int frameBytes;
  private int tenantNumber;
  private int repeated;
  private int rejectedHistograms;
  private int rejectedExemplars;
  private int resolved;
  private boolean repeatsWaiting;
  private long nowMs;
  private Duration longestKept = Duration.ZERO;
  private Duration shortestKept = Duration.ZERO;

  Admission(
      SeriesOptions options,
      Head head,
      LabelMemory labelMemory,
      LiveLayers live,
      Retention retention,
      ExemplarStore exemplars,
      MetadataStore metadata) {
    this.options = options;
    this.head = head;
    this.labelMemory = labelMemory;
    this.live = live;
    this.stored = new StoredSamples(live, retention);
    this.exemplars = exemplars;
    this.metadata = metadata;
  }

  /** Decides about a batch. The rows accepted count as stored for whatever is admitted next. */
  Admitted admit(TenantId owner, SeriesBatch rows, TenantAccount ofOwner, long clockMs) {
    tenant = owner;
    account = ofOwner;
    limits = options.limits().apply(owner);
    batch = rows;
    nowMs = clockMs;
    longestKept = options.retention().longest(owner).raw();
    shortestKept = options.retention().shortest(owner).raw();
    rejections = new Rejections();
    frames = new ArrayList<>();
    repeated = 0;
    rejectedHistograms = 0;
    rejectedExemplars = 0;
    repeatsWaiting = false;
    tenantNumber = head.tenant(owner);
    int[] known = senders.find(owner, rows, head.index());
    seriesOfSet = known == null ? new int[rows.sets().size()] : known;
    resolved = 0;
    newFrame();
    for (int row = 0; row < rows.rows(); row++) {
      int rejected = rejections.total();
      admitRow(row);
      if (rejections.total() > rejected && rows.isHistogram(row)) {
        rejectedHistograms++;
      }
    }
    admitExemplars();
    admitMetadata();
    if (resolved > 0) {
      senders.put(owner, rows, head.index(), seriesOfSet);
    }
    stored.forget();
    frames.removeIf(Rows::isEmpty);
    Admitted admitted =
        new Admitted(
            frames,
            repeated,
            repeatsWaiting,
            rejections.list(),
            rejectedHistograms,
            rejectedExemplars);
    batch = NOTHING;
    return admitted;
  }

  /** The frames begun by an admission that ended with an exception. */
  List<Rows> unfinished() {
    return frames;
  }

  private void admitRow(int row) {
    long time = batch.timestampMs(row);
    if (time > nowMs + options.futureLimit().toMillis()) {
      refuse(
          row,
          Reason.TOO_FAR_IN_FUTURE,
          () ->
              "a sample must be at most %s ahead of the clock, got %s"
                  .formatted(show(options.futureLimit()), show(time)));
      return;
    }
    if (time < nowMs - longestKept.toMillis()) {
      refuseTooOld(row, longestKept, time);
      return;
    }
    String violation = violation(row);
    if (violation != null) {
      refuse(row, Reason.INVALID_ROW, () -> violation);
      return;
    }
    int series = series(row);
    if (series != REFUSED && isKept(row, series, time) && isInOrder(row, series, time)) {
      accept(row, series, time);
    }
  }

  /** Whether the series' own retention has room for a time that others' have. */
  private boolean isKept(int row, int series, long time) {
    if (time >= nowMs - shortestKept.toMillis()) {
      return true;
    }
    Duration kept = options.retention().of(tenant, head.index().labels(series)).raw();
    if (time >= nowMs - kept.toMillis()) {
      return true;
    }
    refuseTooOld(row, kept, time);
    return false;
  }

  private void refuseTooOld(int row, Duration kept, long time) {
    refuse(
        row,
        Reason.TOO_OLD,
        () ->
            "a sample must not be older than the retention of %s, got %s"
                .formatted(show(kept), show(time)));
  }

  /** A start after its sample says nothing, as in Prometheus. */
  private long start(int row) {
    long start = batch.startTimestampMs(row);
    return start < 0 || start > batch.timestampMs(row) ? 0 : start;
  }

  private @Nullable String violation(int row) {
    return batch.isHistogram(row)
        ? HistogramRules.violation(batch.histogram(row), limits.histogramBucketsMax())
        : null;
  }

  /** The number of the row's series, or {@link #REFUSED}. */
  private int series(int row) {
    int set = batch.set(row);
    int known = seriesOfSet[set];
    if (known == REFUSED) {
      return refuseSet(row, set);
    }
    if (known != UNRESOLVED) {
      int series = known - 1;
      return head.states().isActive(series) || activate(row, set, series) ? series : REFUSED;
    }
    LabelSetTable sets = batch.sets();
    byte[] packed = sets.arena().array();
    int offset = ByteArena.offset(sets.slice(set));
    int length = ByteArena.length(sets.slice(set));
    int found = head.index().find(tenantNumber, sets.hash(set), packed, offset, length);
    if (found < 0) {
      if (LabelRules.violation(packed, offset, length, limits) != null) {
        seriesOfSet[set] = REFUSED;
        return refuseSet(row, set);
      }
      if (!hasRoom(row, set) || !hasMemory(row, set)) {
        return REFUSED;
      }
      found = head.add(tenantNumber, sets.hash(set), packed, offset, length);
    }
    seriesOfSet[set] = found + 1;
    resolved++;
    return head.states().isActive(found) || activate(row, set, found) ? found : REFUSED;
  }

  private int refuseSet(int row, int set) {
    LabelSetTable sets = batch.sets();
    byte[] packed = sets.arena().array();
    int offset = ByteArena.offset(sets.slice(set));
    int length = ByteArena.length(sets.slice(set));
    LabelRules.Violation violation = LabelRules.violation(packed, offset, length, limits);
    if (violation != null && !violation.limit().isEmpty()) {
      account().refusedSeries(violation.limit(), metric(set));
    }
    rejections.add(
        Reason.INVALID_LABELS,
        () -> (violation == null ? "" : violation.rule()) + " (row %d)".formatted(row));
    return REFUSED;
  }

  private boolean activate(int row, int set, int series) {
    if (!hasRoom(row, set)) {
      return false;
    }
    head.states().active(series, true);
    account().began(metric(set), nowMs);
    return true;
  }

  private boolean hasRoom(int row, int set) {
    if (account().activeSeries() >= limits.activeSeriesMax()) {
      refuseSeries(
          set,
          "active_series_max",
          () ->
              "tenant %s must have at most %d active series (limits.active_series_max), got one more: %s (row %d)"
                  .formatted(tenant, limits.activeSeriesMax(), show(set), row));
      return false;
    }
    String metric = metric(set);
    int active = account().activeSeries(metric);
    int ofMetric = active >= 0 ? active : head.index().seriesOfMetric(tenantNumber, metric);
    if (ofMetric >= limits.seriesPerMetricMax()) {
      refuseSeries(
          set,
          "series_per_metric_max",
          () ->
              "metric %s of tenant %s must have at most %d active series (limits.series_per_metric_max), got one more: %s (row %d)"
                  .formatted(metric, tenant, limits.seriesPerMetricMax(), show(set), row));
      return false;
    }
    return true;
  }

  private void refuseSeries(int set, String limit, Supplier<String> rule) {
    account().refusedSeries(limit, metric(set));
    rejections.add(Reason.LIMIT_EXCEEDED, rule);
  }

  private String metric(int set) {
    long slice = batch.sets().slice(set);
    String metric =
        LabelSetTable.find(
            batch.sets().arena().array(),
            ByteArena.offset(slice),
            ByteArena.length(slice),
            Labels.METRIC_NAME);
    return metric == null ? "" : metric;
  }

  private boolean hasMemory(int row, int set) {
    if (labelMemory.hasRoom(tenantNumber)) {
      return true;
    }
    refuseSeries(
        set,
        "memory",
        () ->
            labelMemory.refusal(
                tenant, tenantNumber, "%s (row %d)".formatted(show(set), row), nowMs));
    return false;
  }

  /** Whether the row is to be stored; a repetition is counted, a row out of order refused. */
  private boolean isInOrder(int row, int series, long time) {
    SeriesStates states = head.states();
    if (states.mayBeOlderThanParts(series)) {
      learnNewest(series, time);
    }
    long newest = states.newestMs(series);
    if (time > newest) {
      return true;
    }
    if (newest - time > limits.outOfOrderWindow().toMillis()) {
      refuse(
          row,
          Reason.OUT_OF_ORDER,
          () ->
              "a sample must be at most %s behind the newest of its series, which is %s, got %s"
                  .formatted(show(limits.outOfOrderWindow()), show(newest), show(time)));
      return false;
    }
    boolean histogram = batch.isHistogram(row);
    if (time == newest
        && !histogram
        && !states.newestIsHistogram(series)
        && states.isNewest(series, batch.valueBits(row))) {
      repeat(series);
      return false;
    }
    Boolean same = compareWithKnown(row, series, time);
    if (same == null) {
      return true;
    }
    if (same) {
      repeat(series);
    } else {
      refuse(
          row,
          Reason.DUPLICATE_TIMESTAMP,
          () ->
              "a series must have one value a timestamp, got a different one at %s"
                  .formatted(show(time)));
    }
    return false;
  }

  private void repeat(int series) {
    repeated++;
    repeatsWaiting |= head.states().waiting(series) > 0;
  }

  /** After a restart the head does not know of samples in parts; new series have none there. */
  private void learnNewest(int series, long time) {
    SeriesStates states = head.states();
    long known = states.newestMs(series);
    long unknownFrom = Math.max(time, known);
    if (live.current().newestOutsideHead() >= unknownFrom) {
      long outside = stored.newestOutsideHead(head.index(), series, unknownFrom);
      if (outside > known) {
        // Its value is not known here: compared with what is stored, like a histogram.
        states.newest(series, outside, 0, true);
      }
    }
    states.mayBeOlderThanParts(series, false);
  }

  /** Whether the row equals what is known at its time; null where nothing is. */
  private @Nullable Boolean compareWithKnown(int row, int series, long time) {
    if (head.states().waiting(series) > 0) {
      for (Rows waiting : head.waiting()) {
        int number = head.numberIn(waiting.index, series);
        int other = number < 0 ? -1 : waiting.find(number, time);
        if (other >= 0) {
          return equalsWaiting(row, waiting, other);
        }
      }
      for (Rows frame : frames) {
        int other = frame.find(series, time);
        if (other >= 0) {
          return equalsWaiting(row, frame, other);
        }
      }
    }
    long from = head.states().newestMs(series) - limits.outOfOrderWindow().toMillis();
    SampleBuffer samples = stored.from(head.index(), series, from);
    int found = samples.find(time);
    if (found < 0) {
      return null;
    }
    FloatHistogram histogram = samples.histogram(found);
    if (batch.isHistogram(row)) {
      return batch.histogram(row).equals(histogram);
    }
    return histogram == null && samples.valueBits(found) == batch.valueBits(row);
  }

  private boolean equalsWaiting(int row, Rows waiting, int other) {
    boolean histogram = waiting.kinds.get(other) == Rows.HISTOGRAM;
    long value = waiting.values.get(other);
    if (histogram != batch.isHistogram(row)) {
      return false;
    }
    if (!histogram) {
      return value == batch.valueBits(row);
    }
    try {
      FloatHistogram known =
          HistogramCodec.decode(
              new BytesInput(
                  waiting.histograms.array(), ByteArena.offset(value), ByteArena.length(value)),
              null);
      return known.equals(batch.histogram(row));
    } catch (DamagedDataException e) {
      throw new IllegalStateException("a histogram in memory does not decode", e);
    }
  }

  private void accept(int row, int series, long time) {
    boolean histogram = batch.isHistogram(row);
    long value = batch.valueBits(row);
    int bytes = ROW_BYTES;
    if (histogram) {
      encoded.clear();
      HistogramCodec.encode(batch.histogram(row), null, encoded);
      bytes += encoded.position();
    }
    Rows frame = frameFor(bytes + definitionBytes(batch.set(row)));
    if (histogram) {
      value = frame.histograms.append(encoded.array(), 0, encoded.position());
    }
    frame.add(series, time, value, histogram ? Rows.HISTOGRAM : Rows.FLOAT, start(row));
    SeriesStates states = head.states();
    states.addWaiting(series, 1);
    states.lastSeenMinute(series, minute(nowMs));
    if (time > states.newestMs(series)) {
      states.newest(series, time, histogram ? 0 : value, histogram);
    }
  }

  private int definitionBytes(int set) {
    // Texts of new pairs, and the ids of all: at most four times what short pairs take themselves.
    return 4 * ByteArena.length(batch.sets().slice(set)) + 32;
  }

  private Rows frameFor(int bytes) {
    Rows frame = frames.getLast();
    if (frame.size() >= FRAME_ROWS_MAX
        || (!frame.isEmpty() && frameBytes + bytes > options.journal().frameBytesMax() / 2)) {
      frame = newFrame();
    }
    frameBytes += bytes;
    return frame;
  }

  private Rows newFrame() {
    Rows frame = new Rows(tenant, head.index());
    frames.add(frame);
    frameBytes = 256;
    return frame;
  }

  private void admitExemplars() {
    for (int i = 0; i < batch.exemplars(); i++) {
      int set = batch.exemplarSet(i);
      int known = knownSeries(set);
      Exemplar exemplar = batch.exemplar(i);
      if (known <= 0
          || exemplar.timestampMs() > nowMs + options.futureLimit().toMillis()
          || exemplar.timestampMs() < nowMs - longestKept.toMillis()
          || packedBytes(exemplar) > EXEMPLAR_BYTES_MAX) {
        account().rejectedExemplar();
        rejectedExemplars++;
        continue;
      }
      Labels labels = head.index().labels(known - 1);
      if (!exemplars.has(tenant, labels, exemplar)) {
        frameFor(packedBytes(exemplar) + 32 + definitionBytes(set))
            .exemplars
            .add(new Rows.SeriesExemplar(known - 1, exemplar));
      }
    }
  }

  /**
   * The number of a set's series plus one, also where the batch has no row of it: senders may give
   * exemplars apart. Not positive if no such series is known.
   */
  private int knownSeries(int set) {
    if (seriesOfSet[set] == UNRESOLVED) {
      LabelSetTable sets = batch.sets();
      long slice = sets.slice(set);
      seriesOfSet[set] =
          1
              + head.index()
                  .find(
                      tenantNumber,
                      sets.hash(set),
                      sets.arena().array(),
                      ByteArena.offset(slice),
                      ByteArena.length(slice));
    }
    return seriesOfSet[set];
  }

  /** Whether an exemplar is small enough to be kept. */
  static boolean isStorable(Exemplar exemplar) {
    return packedBytes(exemplar) <= EXEMPLAR_BYTES_MAX;
  }

  /** Whether metadata of a family is small enough to be kept. */
  static boolean isStorable(String family, MetricMetadata about) {
    return !family.isEmpty() && metadataBytes(family, about) <= METADATA_BYTES_MAX;
  }

  private static long metadataBytes(String family, MetricMetadata about) {
    return 3L * (family.length() + about.help().length() + about.unit().length()) + 32;
  }

  private static int packedBytes(Exemplar exemplar) {
    return LabelSetTable.pack(exemplar.labels()).length;
  }

  private void admitMetadata() {
    batch
        .metadata()
        .forEach((family, about) -> {
          if (metadata.has(tenant, family, about)) {
            return;
          }
          long bytes = metadataBytes(family, about);
          if (!isStorable(family, about)
              || !metadata.hasRoom(tenant, family, limits.familiesMax())) {
            account().rejectedMetadata();
            return;
          }
          frameFor((int) bytes).metadata.put(family, about);
        });
  }

  private void refuse(int row, Reason reason, Supplier<String> rule) {
    rejections.add(
        reason, () -> "%s for %s (row %d)".formatted(rule.get(), show(batch.set(row)), row));
  }

  private String show(int set) {
    long slice = batch.sets().slice(set);
    return LabelRules.show(
        batch.sets().arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
  }

  private static String show(long timeMs) {
    return Instant.ofEpochMilli(timeMs).toString();
  }

  private static String show(Duration duration) {
    return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }

  private TenantAccount account() {
    return java.util.Objects.requireNonNull(account);
  }

  static int minute(long epochMs) {
    return (int) (epochMs / 60_000);
  }

  /**
   * The decision about a batch.
   *
   * @param frames the rows to store, cut into frames
   * @param repeated rows that are stored, or wait, already
   * @param repeatsWaiting whether one of those still waits for the journal
   * @param rejectedHistograms how many of the refused rows are histograms
   */
  record Admitted(
      List<Rows> frames,
      int repeated,
      boolean repeatsWaiting,
      List<Rejection> rejections,
      int rejectedHistograms,
      int rejectedExemplars) {

    int rows() {
      return frames.stream().mapToInt(Rows::size).sum() + repeated;
    }
  }
}
