package io.ghostworks.wire.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeltaStreamsTest {

  private static final AggregationTemporality DELTA =
      AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
  private static final long SECOND = 1_000_000_000L;
  private static final MetricTranslation CUSTOM_BUCKETS =
      new MetricTranslation(
          TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
          "",
          false,
          Set.of(),
          false,
          true,
          true,
          AttributeNames.prometheus(true),
          true,
          false);

  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
  private DeltaStreams streams = new DeltaStreams(time, StoredSeries.NONE);
  private TenantId tenant = TenantId.DEFAULT;
  private MetricTranslation translation = MetricTranslation.DEFAULT;

  private Decoded<SeriesBatch> send(Metric.Builder metric) {
    byte[] body =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric.setName("m"))))
            .build()
            .toByteArray();
    return new MetricTranslator(translation)
        .translate(
            new OtlpDecoder(OtlpLimits.DEFAULT)
                .metrics(OtlpEncoding.PROTOBUF, body, 0, body.length)
                .batch(),
            tenant,
            streams);
  }

  private static Metric.Builder sum(boolean monotonic, NumberDataPoint.Builder... points) {
    Sum.Builder sum = Sum.newBuilder().setAggregationTemporality(DELTA).setIsMonotonic(monotonic);
    for (NumberDataPoint.Builder point : points) {
      sum.addDataPoints(point);
    }
    return Metric.newBuilder().setSum(sum);
  }

  private static NumberDataPoint.Builder point(long start, long end, long delta) {
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(start * SECOND)
        .setTimeUnixNano(end * SECOND)
        .setAsInt(delta);
  }

  /** Name, value, time and start of each row. */
  private static List<String> rows(Decoded<SeriesBatch> decoded) {
    SeriesBatch batch = decoded.batch();
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      String le = batch.sets().labels(batch.set(row)).get("le");
      rows.add(
          "%s%s %s @%d st@%d"
              .formatted(
                  batch.sets().labels(batch.set(row)).metricName(),
                  le == null || le.isEmpty() ? "" : " " + le,
                  Double.longBitsToDouble(batch.valueBits(row)),
                  batch.timestampMs(row) / 1000,
                  batch.startTimestampMs(row) / 1000));
    }
    return rows;
  }

  private static List<Rejection.Reason> reasons(Decoded<SeriesBatch> decoded) {
    return decoded.rejections().stream().map(Rejection::reason).toList();
  }

  @Test
  void sumsUpAndCountsFromTheFirstStart() {
    assertThat(rows(send(sum(true, point(10, 20, 5), point(20, 30, 7)))))
        .containsExactly("m_total 5.0 @20 st@10", "m_total 12.0 @30 st@10");
    assertThat(rows(send(sum(true, point(50, 60, 1))))) // After a gap.
        .containsExactly("m_total 13.0 @60 st@10");
  }

  @Test
  void keepsTenantsApart() {
    send(sum(true, point(10, 20, 5)));
    tenant = new TenantId("other");
    assertThat(rows(send(sum(true, point(10, 20, 1))))).containsExactly("m_total 1.0 @20 st@10");
    assertThat(streams.size()).isEqualTo(2);
  }

  @Test
  void refusesWhatIsNotNewerButTakesTheLastPointAgain() {
    send(sum(true, point(10, 20, 5)));
    assertThat(rows(send(sum(true, point(10, 20, 5))))).containsExactly("m_total 5.0 @20 st@10");
    assertThat(reasons(send(sum(true, point(5, 15, 9)))))
        .containsExactly(Rejection.Reason.OUT_OF_ORDER);
    assertThat(reasons(send(sum(true, point(5, 25, 9)))))
        .containsExactly(Rejection.Reason.OUT_OF_ORDER);
    assertThat(rows(send(sum(true, point(20, 30, 1))))).containsExactly("m_total 6.0 @30 st@10");
  }

  @Test
  void refusesSumsThatMayFall() {
    assertThat(reasons(send(sum(false, point(10, 20, 5)))))
        .containsExactly(Rejection.Reason.UNSUPPORTED);
  }

  @Test
  void forgetsStreamsThatAreSilentAndBoundsTheirNumber() {
    streams = new DeltaStreams(time, StoredSeries.NONE, 1);
    send(sum(true, point(10, 20, 5)));
    tenant = new TenantId("other");
    assertThat(reasons(send(sum(true, point(10, 20, 5)))))
        .containsExactly(Rejection.Reason.LIMIT_EXCEEDED);
    time.advance(DeltaStreams.STALE_AFTER.plus(Duration.ofMillis(1)));
    assertThat(rows(send(sum(true, point(400, 410, 5))))).hasSize(1);
    tenant = TenantId.DEFAULT;
    time.advance(DeltaStreams.STALE_AFTER.plus(Duration.ofMillis(1)));
    assertThat(rows(send(sum(true, point(700, 710, 2)))))
        .containsExactly("m_total 2.0 @710 st@700");
  }

  private static Metric.Builder histogram(long start, double bound, long low, long high) {
    return Metric.newBuilder()
        .setHistogram(
            Histogram.newBuilder()
                .setAggregationTemporality(DELTA)
                .addDataPoints(
                    HistogramDataPoint.newBuilder()
                        .setStartTimeUnixNano(start * SECOND)
                        .setTimeUnixNano((start + 10) * SECOND)
                        .addExplicitBounds(bound)
                        .addBucketCounts(low)
                        .addBucketCounts(high)
                        .setCount(low + high)
                        .setSum(0.5)));
  }

  @Test
  void sumsUpHistogramsUntilTheirBoundsChange() {
    send(histogram(10, 1, 2, 3));
    assertThat(rows(send(histogram(20, 1, 1, 0))))
        .containsExactly(
            "m_sum 1.0 @30 st@10",
            "m_count 6.0 @30 st@10",
            "m_bucket 1 3.0 @30 st@10",
            "m_bucket +Inf 6.0 @30 st@10");
    assertThat(rows(send(histogram(30, 2, 1, 1))))
        .containsExactly(
            "m_sum 0.5 @40 st@30",
            "m_count 2.0 @40 st@30",
            "m_bucket 2 1.0 @40 st@30",
            "m_bucket +Inf 2.0 @40 st@30");
  }

  private static Metric.Builder exponential(long start, int scale, int offset, long... counts) {
    ExponentialHistogramDataPoint.Buckets.Builder buckets =
        ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(offset);
    long count = 1;
    for (long each : counts) {
      buckets.addBucketCounts(each);
      count += each;
    }
    return Metric.newBuilder()
        .setExponentialHistogram(
            ExponentialHistogram.newBuilder()
                .setAggregationTemporality(DELTA)
                .addDataPoints(
                    ExponentialHistogramDataPoint.newBuilder()
                        .setStartTimeUnixNano(start * SECOND)
                        .setTimeUnixNano((start + 10) * SECOND)
                        .setScale(scale)
                        .setZeroCount(1)
                        .setCount(count)
                        .setSum(2)
                        .setPositive(buckets)));
  }

  @Test
  void sumsUpExponentialHistogramsInTheCoarserScale() {
    send(exponential(10, 2, 0, 1, 2, 3, 4));
    FloatHistogram sum = send(exponential(20, 1, 1, 10, 20)).batch().histogram(0);
    assertThat(sum.schema()).isEqualTo(1);
    assertThat(sum.count()).isEqualTo(42);
    assertThat(sum.zeroCount()).isEqualTo(2);
    assertThat(sum.sum()).isEqualTo(4);
    assertThat(sum.positiveSpanOffsets()).containsExactly(1);
    assertThat(sum.positiveCounts()).containsExactly(3, 17, 20);
  }

  @Test
  void boundsTheBucketsOfExponentialHistograms() {
    send(exponential(10, 8, 0, 1));
    FloatHistogram sum = send(exponential(20, 8, 1000, 1)).batch().histogram(0);
    assertThat(sum.schema()).isEqualTo(5);
    assertThat(HistogramSums.widest(sum)).isLessThanOrEqualTo(160);
    assertThat(sum.positiveCounts()).containsExactly(1, 1);
  }

  /** Sends each metric, the process being another one before each if it restarts. */
  private List<String> sent(boolean restarts, List<Metric.Builder> metrics) {
    List<SeriesBatch> stored = new ArrayList<>();
    List<String> all = new ArrayList<>();
    streams = new DeltaStreams(time, (owner, wanted, fromMs) -> found(stored, wanted, fromMs));
    for (Metric.Builder metric : metrics) {
      if (restarts) {
        streams = new DeltaStreams(time, streams.stored());
      }
      Decoded<SeriesBatch> decoded = send(metric);
      stored.add(decoded.batch());
      all.addAll(rows(decoded));
      for (int row = 0; row < decoded.batch().rows(); row++) {
        if (decoded.batch().isHistogram(row)) {
          FloatHistogram histogram = decoded.batch().histogram(row);
          all.add(
              histogram.schema()
                  + Arrays.toString(histogram.positiveSpanOffsets())
                  + Arrays.toString(histogram.positiveCounts())
                  + histogram.sum());
        }
      }
    }
    return all;
  }

  private static SeriesBatch found(List<SeriesBatch> stored, LabelSetTable wanted, long fromMs) {
    SeriesBatch found = new SeriesBatch("", wanted);
    for (int set = 0; set < wanted.size(); set++) {
      for (SeriesBatch batch : stored) {
        for (int row = 0; row < batch.rows(); row++) {
          if (batch.timestampMs(row) < fromMs
              || !batch.sets().labels(batch.set(row)).equals(wanted.labels(set))) {
            continue;
          }
          if (batch.isHistogram(row)) {
            found.add(set, batch.timestampMs(row), batch.histogram(row));
          } else {
            found.addBits(set, batch.timestampMs(row), batch.valueBits(row));
          }
          found.startTimestampOfLast(batch.startTimestampMs(row));
        }
      }
    }
    return found;
  }

  private static NumberDataPoint.Builder real(long start, long end, double delta) {
    return point(start, end, 0).setAsDouble(delta);
  }

  @Test
  void goesOnAfterARestartAsIfThereHadBeenNone() {
    time.advance(Duration.ofMillis(40_000 - time.epochMs()));
    List<List<Metric.Builder>> all =
        List.of(
            List.of(
                sum(true, point(10, 20, 5)),
                sum(true, point(20, 30, 1L << 52)),
                sum(true, point(30, 40, 3))),
            List.of(
                sum(true, real(10, 20, 0.1)),
                sum(true, real(20, 30, 0.2)),
                sum(true, real(30, 40, 0.3)),
                sum(true, real(40, 50, 1e-17))),
            List.of(histogram(10, 1, 2, 3), histogram(20, 1, 1, 0), histogram(30, 1, 4, 4)),
            List.of(
                exponential(10, 2, 0, 1, 2, 3, 4),
                exponential(20, 1, 1, 10, 20),
                exponential(30, 2, 0, 1)));
    for (List<Metric.Builder> metrics : all) {
      assertThat(sent(true, metrics)).isEqualTo(sent(false, metrics));
    }
  }

  @Test
  void histogramsStoredWithCustomBucketsGoOnAfterARestart() {
    time.advance(Duration.ofMillis(40_000 - time.epochMs()));
    translation = CUSTOM_BUCKETS;
    List<Metric.Builder> metrics =
        List.of(
            histogram(10, 1, 0, 3),
            histogram(20, 1, 2, 1),
            histogram(20, 1, 2, 1), // comes again
            histogram(30, 1, 4, 4),
            histogram(40, 2, 1, 1)); // begins anew
    List<String> sent = sent(true, metrics);
    assertThat(sent).isEqualTo(sent(false, metrics));
    assertThat(sent).contains("-53[0][6.0, 8.0]1.5", "-53[0][1.0, 1.0]0.5");
  }

  @Test
  void takesTheLastPointAgainAfterARestart() {
    time.advance(Duration.ofMillis(40_000 - time.epochMs()));
    assertThat(sent(true, List.of(sum(true, point(10, 20, 5)), sum(true, point(10, 20, 5)))))
        .containsExactly("m_total 5.0 @20 st@10", "m_total 5.0 @20 st@10");
    assertThat(sent(true, List.of(histogram(10, 1, 2, 3), histogram(10, 1, 2, 3))).subList(4, 8))
        .containsExactly(
            "m_sum 0.5 @20 st@10",
            "m_count 5.0 @20 st@10",
            "m_bucket 1 2.0 @20 st@10",
            "m_bucket +Inf 5.0 @20 st@10");
    assertThat(sent(true, List.of(sum(true, point(10, 20, 5)), sum(true, point(5, 15, 5)))))
        .containsExactly("m_total 5.0 @20 st@10");
  }

  @Test
  void takesNothingUpThatIsOldOrHasNoStart() {
    time.advance(DeltaStreams.STALE_AFTER.plusMillis(20_001 - time.epochMs()));
    assertThat(sent(true, List.of(sum(true, point(10, 20, 5)), sum(true, point(20, 30, 7)))))
        .containsExactly("m_total 5.0 @20 st@10", "m_total 7.0 @30 st@20");
    time.advance(Duration.ofMillis(40_000 - time.epochMs()));
    List<SeriesBatch> stored = new ArrayList<>();
    SeriesBatch cumulative = new SeriesBatch("");
    cumulative.add(cumulative.sets().add(Labels.of("__name__", "m_total")), 20_000, 9);
    stored.add(cumulative);
    streams = new DeltaStreams(time, (owner, wanted, fromMs) -> found(stored, wanted, fromMs));
    assertThat(rows(send(sum(true, point(20, 30, 7))))).containsExactly("m_total 7.0 @30 st@20");
  }

  @Test
  void goesOnWithTheLastWholeHistogramWhereACrashCameBetweenItsSeries() {
    time.advance(Duration.ofMillis(40_000 - time.epochMs()));
    List<SeriesBatch> stored = new ArrayList<>();
    streams = new DeltaStreams(time, StoredSeries.NONE);
    stored.add(send(histogram(10, 1, 2, 3)).batch());
    SeriesBatch half = new SeriesBatch("");
    half.add(half.sets().add(Labels.of("__name__", "m_count")), 30_000, 6);
    half.startTimestampOfLast(10_000);
    stored.add(half);
    streams = new DeltaStreams(time, (owner, wanted, fromMs) -> found(stored, wanted, fromMs));
    assertThat(rows(send(histogram(20, 1, 1, 0))))
        .containsExactly(
            "m_sum 1.0 @30 st@10",
            "m_count 6.0 @30 st@10",
            "m_bucket 1 3.0 @30 st@10",
            "m_bucket +Inf 6.0 @30 st@10");
  }
}
