package io.ghostworks.scrape;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.scrape.prometheusfile.NativeHistograms;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import io.ghostworks.scrape.prometheusfile.ScrapeProtocol;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.exposition.ExpositionFormat;
import io.ghostworks.wire.exposition.ExpositionParser;
import io.ghostworks.wire.label.TypeAndUnit;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bodies of one target into rows: samples with their stored labels, staleness markers for
 * what is not exposed any more, and the report of the scrape itself (Prometheus scrape/scrape.go,
 * append and report). Not thread-safe.
 *
 * <p>A body counts as a whole: where one sample breaks a limit or the format, none of the body's
 * rows stay, and the series that were there before end with staleness markers.
 */
final class ScrapeAppender {
  private static final long AHEAD_MAX_MS = Duration.ofMinutes(10).toMillis();
  private static final int METADATA_EVERY = 10;
  private static final List<String> REPORT =
      List.of(
          "up",
          "scrape_duration_seconds",
          "scrape_samples_scraped",
          "scrape_samples_post_metric_relabeling",
          "scrape_series_added");
  private static final List<String> EXTRA_REPORT =
      List.of("scrape_timeout_seconds", "scrape_sample_limit", "scrape_body_size_bytes");

  /**
   * What became of one scrape.
   *
   * @param scraped samples in the body
   * @param added of these, those left by metric relabelling
   * @param seriesAdded of these, those that were not in the scrape before
   * @param duplicates samples whose series came twice in the body without own timestamps
   * @param outOfBounds samples more than ten minutes in the future
   */
  record Counts(int scraped, int added, int seriesAdded, int duplicates, int outOfBounds) {}

  /** Scrape settings that the report repeats, where the job wants it. */
  record Extra(Duration timeout, long sampleLimit, int bodySizeBytes) {}

  private final ScrapeJob job;
  private final NativeHistograms histograms;
  private final SampleOptions options;
  private final SampleLabels labels;
  private final SeriesCache cache;
  private final TargetMetadata metadata;
  private final @Nullable ExpositionFormat fallback;
  private final ScrapedRows rows = new ScrapedRows();
  private int scraped;
  private int added;
  private int seriesAdded;
  private int duplicates;
  private int outOfBounds;
  private int limited;
  private boolean bucketsLimited;
  private String unit = "";

  /** Whether a family's unit ends with it; in text the next unit ends it, as in Prometheus. */
  private boolean unitOfFamily;

  private boolean newSeries = true;
  private int scrapesSinceMetadata;

  ScrapeAppender(
      ScrapeJob job,
      Target target,
      SeriesCache cache,
      TargetMetadata metadata,
      SampleOptions options) {
    this.job = job;
    this.histograms = target.nativeHistograms();
    this.options = options;
    this.labels = new SampleLabels(target, job);
    this.cache = cache;
    this.metadata = metadata;
    this.fallback = job.fallbackProtocol().map(ScrapeAppender::format).orElse(null);
  }

  SeriesCache cache() {
    return cache;
  }

  /**
   * Adds a body's samples.
   *
   * @param timestampMs of samples without a timestamp of their own
   * @param nowMs the wall clock, which decides what is too far ahead
   * @throws ScrapeException where the body as a whole is refused; its rows are gone, and {@link
   *     #appendNothing} is due
   */
  void append(Exposition exposition, long timestampMs, long nowMs) throws ScrapeException {
    resetCounts();
    byte[] body = exposition.body();
    if (body.length == 0) {
      appendNothing(timestampMs);
      return;
    }
    try {
      ExpositionFormat format = ExpositionFormat.of(exposition.contentType(), fallback);
      unitOfFamily = format == ExpositionFormat.PROTOBUF;
      unit = "";
      ExpositionParser parser =
          format.parser(body, 0, body.length, histograms.reading(options.createdAsStart()));
      appendAll(parser, timestampMs, nowMs + AHEAD_MAX_MS);
    } catch (WireFormatException e) {
      rows.clearSamples();
      throw new ScrapeException(String.valueOf(e.getMessage()), e);
    } catch (ScrapeException e) {
      rows.clearSamples();
      throw e;
    }
    addStaleMarkers(timestampMs);
    newSeries = seriesAdded > 0;
    cache.endIteration(true);
  }

  /** Adds staleness markers for everything that was there, as after a failed scrape. */
  void appendNothing(long timestampMs) {
    addStaleMarkers(timestampMs);
    cache.endIteration(false);
  }

  /** Begins anew the counts of a scrape that fetched nothing. */
  void resetCounts() {
    scraped = 0;
    added = 0;
    seriesAdded = 0;
    duplicates = 0;
    outOfBounds = 0;
    limited = 0;
    bucketsLimited = false;
  }

  Counts counts() {
    return new Counts(scraped, added, seriesAdded, duplicates, outOfBounds);
  }

  /** Adds {@code up} and the other series of the report. */
  void report(long timestampMs, boolean healthy, double durationSeconds, @Nullable Extra extra) {
    double[] values = {healthy ? 1 : 0, durationSeconds, scraped, added, seriesAdded};
    for (int i = 0; i < values.length; i++) {
      addReport(REPORT.get(i), timestampMs, Double.doubleToRawLongBits(values[i]));
    }
    if (extra != null) {
      double[] more = {extra.timeout().toNanos() / 1e9, extra.sampleLimit(), extra.bodySizeBytes()};
      for (int i = 0; i < more.length; i++) {
        addReport(EXTRA_REPORT.get(i), timestampMs, Double.doubleToRawLongBits(more[i]));
      }
    }
  }

  /** Ends the report's series with staleness markers. */
  void reportStale(long timestampMs) {
    for (String name : REPORT) {
      addReport(name, timestampMs, Samples.STALE_BITS);
    }
    if (job.extraScrapeMetrics()) {
      for (String name : EXTRA_REPORT) {
        addReport(name, timestampMs, Samples.STALE_BITS);
      }
    }
  }

  /** Takes back the rows of label sets with these hashes, given ascending. */
  void removeRowsOf(long[] hashes) {
    rows.keepRows(set -> Arrays.binarySearch(hashes, cache.hash(set)) < 0);
  }

  /** The batch of all rows added since the last one. */
  SeriesBatch takeBatch(String sender) {
    SeriesBatch batch = rows.batch(sender, cache.freezeSets());
    rows.clear();
    return batch;
  }

  int rows() {
    return rows.size();
  }

  private void appendAll(ExpositionParser parser, long timestampMs, long aheadMaxMs)
      throws ScrapeException {
    boolean readsMetadata = newSeries || ++scrapesSinceMetadata >= METADATA_EVERY;
    if (readsMetadata) {
      scrapesSinceMetadata = 0;
    }
    boolean more = true;
    while (more) {
      ExpositionParser.Entry entry = parser.next();
      switch (entry) {
        case SERIES -> sample(parser, timestampMs, aheadMaxMs);
        case TYPE, HELP, UNIT -> {
          if (options.typeAndUnitLabels()) {
            readUnit(entry, parser);
          }
          if (readsMetadata) {
            metadata.read(entry, parser, rows);
          }
        }
        case END -> more = false;
      }
    }
    metadata.endScrape(readsMetadata);
    if (limited > 0) {
      throw new ScrapeException("sample limit exceeded");
    }
    if (bucketsLimited) {
      throw new ScrapeException("histogram bucket limit exceeded");
    }
  }

  private void sample(ExpositionParser parser, long scrapeMs, long aheadMaxMs)
      throws ScrapeException {
    scraped++;
    int text = cache.text(parser.bytes(), parser.seriesStart(), parser.seriesEnd());
    boolean known = cache.isKnown(text);
    if (known && cache.isDropped(text)) {
      cache.see(text);
      return;
    }
    boolean repeated = known && cache.isSeenInThisIteration(text);
    int set;
    if (known) {
      set = cache.set(text);
      cache.see(text);
    } else {
      Optional<Labels> stored = labels.of(exposedLabels(parser));
      if (stored.isEmpty()) {
        cache.drop(text);
        return;
      }
      set = cache.internSet(stored.get());
    }
    boolean ownTimestamp = job.honorTimestamps() && parser.hasTimestamp();
    long timestampMs = ownTimestamp ? parser.timestampMs() : scrapeMs;
    boolean sampleAdded = addRow(parser, set, timestampMs, repeated && !ownTimestamp, aheadMaxMs);
    if (sampleAdded && (!ownTimestamp || job.trackTimestampsStaleness())) {
      cache.track(set);
    }
    if (sampleAdded && !known) {
      cache.assign(text, set);
      cache.see(text);
      seriesAdded += limited == 0 && !bucketsLimited ? 1 : 0;
    }
    added++;
    if (sampleAdded && parser.hasExemplar()) {
      for (Exemplar exemplar : parser.exemplars(timestampMs)) {
        rows.addExemplar(set, exemplar);
      }
    }
  }

  private void readUnit(ExpositionParser.Entry entry, ExpositionParser parser) {
    if (entry == ExpositionParser.Entry.UNIT) {
      unit = parser.unit();
    } else if (entry == ExpositionParser.Entry.HELP && unitOfFamily) {
      unit = "";
    }
  }

  /** With the family's type and unit as labels, where they are wanted and known. */
  private Labels exposedLabels(ExpositionParser parser) {
    return options.typeAndUnitLabels()
        ? TypeAndUnit.added(parser.labels(), parser.type(), unit)
        : parser.labels();
  }

  private boolean addRow(
      ExpositionParser parser, int set, long timestampMs, boolean duplicate, long aheadMaxMs) {
    if (duplicate) {
      duplicates++;
      return false;
    }
    if (job.limits().samples() > 0 && rows.size() >= job.limits().samples()) {
      limited++;
      return false;
    }
    if (timestampMs > aheadMaxMs) {
      outOfBounds++;
      return false;
    }
    FloatHistogram histogram = parser.histogram();
    long startMs = parser.startTimestampMs();
    if (histogram != null) {
      Optional<FloatHistogram> bounded = histograms.bounded(histogram);
      if (bounded.isEmpty()) {
        bucketsLimited = true;
        return false;
      }
      if (needsZero(set, startMs, timestampMs)) {
        rows.add(set, startMs, bounded.get().zeroAtStart());
      }
      rows.add(set, timestampMs, bounded.get());
    } else {
      if (needsZero(set, startMs, timestampMs)) {
        rows.add(set, startMs, Double.doubleToRawLongBits(0));
      }
      rows.add(set, timestampMs, Double.doubleToRawLongBits(parser.value()));
    }
    if (startMs != 0) {
      rows.startOfLast(startMs);
    }
    return true;
  }

  /** Whether a sample 0 is due at a start; once for each, and the store refuses what is too old. */
  private boolean needsZero(int set, long startMs, long timestampMs) {
    return options.startZeros()
        && startMs != 0
        && startMs < timestampMs
        && cache.begins(set, startMs);
  }

  private void addStaleMarkers(long timestampMs) {
    cache.forEachStale(set -> rows.add(set, timestampMs, Samples.STALE_BITS));
  }

  private void addReport(String name, long timestampMs, long valueBits) {
    rows.add(cache.internSet(labels.ofReport(name)), timestampMs, valueBits);
  }

  private static ExpositionFormat format(ScrapeProtocol protocol) {
    return switch (protocol) {
      case OPEN_METRICS_TEXT_0_0_1, OPEN_METRICS_TEXT_1_0_0 -> ExpositionFormat.OPENMETRICS;
      case PROMETHEUS_TEXT_0_0_4, PROMETHEUS_TEXT_1_0_0 -> ExpositionFormat.PROMETHEUS_TEXT;
      case PROMETHEUS_PROTO -> ExpositionFormat.PROTOBUF;
    };
  }
}
