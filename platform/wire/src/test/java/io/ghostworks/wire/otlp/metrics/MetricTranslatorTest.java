package io.ghostworks.wire.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTranslatorTest {
  private static final long TIME = 1_700_000_000_000_000_000L;
  private static final AggregationTemporality CUMULATIVE =
      AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static Decoded<SeriesBatch> translate(Metric... metrics) {
    return translate(
        Resource.newBuilder()
            .addAttributes(attribute("service.name", "api"))
            .addAttributes(attribute("service.namespace", "shop"))
            .addAttributes(attribute("service.instance.id", "i-1"))
            .addAttributes(attribute("os.type", "linux"))
            .build(),
        metrics);
  }

  private static Decoded<SeriesBatch> translate(Resource resource, Metric... metrics) {
    byte[] body =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .setResource(resource)
                    .addScopeMetrics(
                        ScopeMetrics.newBuilder()
                            .setScope(
                                InstrumentationScope.newBuilder().setName("lib").setVersion("1"))
                            .addAllMetrics(List.of(metrics))))
            .build()
            .toByteArray();
    return new MetricTranslator(MetricTranslation.DEFAULT)
        .translate(
            new OtlpDecoder(OtlpLimits.DEFAULT)
                .metrics(OtlpEncoding.PROTOBUF, body, 0, body.length)
                .batch());
  }

  private static List<String> rows(SeriesBatch batch) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      rows.add(
          batch.sets().labels(batch.set(row))
              + " "
              + (batch.isHistogram(row)
                  ? "histogram"
                  : Double.toString(Double.longBitsToDouble(batch.valueBits(row)))));
    }
    return rows;
  }

  private static NumberDataPoint.Builder point() {
    return NumberDataPoint.newBuilder().setTimeUnixNano(TIME);
  }

  private static final String TARGET =
      "instance=\"i-1\", job=\"shop/api\", otel_scope_name=\"lib\", otel_scope_version=\"1\","
          + " service_instance_id=\"i-1\", service_name=\"api\", service_namespace=\"shop\"";

  @Test
  void makesCountersWithTargetScopeAndTargetInfo() {
    Decoded<SeriesBatch> decoded =
        translate(
            Metric.newBuilder()
                .setName("http.requests")
                .setDescription("help")
                .setSum(
                    Sum.newBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(CUMULATIVE)
                        .addDataPoints(
                            point()
                                .setStartTimeUnixNano(TIME - 5_000_000_000L)
                                .setAsInt(7)
                                .addAttributes(attribute("http.method", "GET"))
                                .addExemplars(
                                    Exemplar.newBuilder()
                                        .setAsDouble(1)
                                        .setTimeUnixNano(TIME)
                                        .setTraceId(
                                            ByteString.copyFrom(
                                                new byte[] {
                                                  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
                                                  16
                                                })))))
                .build());
    SeriesBatch batch = decoded.batch();
    assertThat(decoded.rejections()).isEmpty();
    assertThat(rows(batch))
        .containsExactly(
            "http_requests_total{http_method=\"GET\", " + TARGET + "} 7.0",
            "target_info{instance=\"i-1\", job=\"shop/api\", os_type=\"linux\"} 1.0");
    assertThat(batch.timestampMs(0)).isEqualTo(TIME / 1_000_000);
    assertThat(batch.startTimestampMs(0)).isEqualTo(TIME / 1_000_000 - 5000);
    assertThat(batch.exemplar(0).labels().get("trace_id"))
        .isEqualTo("0102030405060708090a0b0c0d0e0f10");
    assertThat(batch.metadata().get("http_requests_total").type()).isEqualTo(MetricType.COUNTER);
    assertThat(batch.metadata().get("http_requests_total").help()).isEqualTo("help");
    assertThat(batch.sender()).isEqualTo("shop/api/i-1");
  }

  @Test
  void makesClassicHistogramsCumulative() {
    SeriesBatch batch =
        translate(
                Resource.getDefaultInstance(),
                Metric.newBuilder()
                    .setName("d")
                    .setUnit("s")
                    .setHistogram(
                        Histogram.newBuilder()
                            .setAggregationTemporality(CUMULATIVE)
                            .addDataPoints(
                                HistogramDataPoint.newBuilder()
                                    .setTimeUnixNano(TIME)
                                    .setCount(6)
                                    .setSum(2.5)
                                    .addBucketCounts(1)
                                    .addBucketCounts(2)
                                    .addBucketCounts(3)
                                    .addExplicitBounds(0.1)
                                    .addExplicitBounds(10)
                                    .addExemplars(Exemplar.newBuilder().setAsDouble(5))
                                    .addAttributes(attribute("le", "x"))))
                    .build())
            .batch();
    String scope = "otel_scope_name=\"lib\", otel_scope_version=\"1\"}";
    assertThat(rows(batch))
        .containsExactly(
            "d_seconds_sum{le=\"x\", " + scope + " 2.5",
            "d_seconds_count{le=\"x\", " + scope + " 6.0",
            "d_seconds_bucket{le=\"0.1\", " + scope + " 1.0",
            "d_seconds_bucket{le=\"10\", " + scope + " 3.0",
            "d_seconds_bucket{le=\"+Inf\", " + scope + " 6.0");
    assertThat(batch.exemplars()).isEqualTo(1);
    assertThat(batch.exemplarSet(0)).isEqualTo(batch.set(3));
  }

  @Test
  void makesNativeHistogramsOfExponentialOnes() {
    SeriesBatch batch =
        translate(
                Metric.newBuilder()
                    .setName("e")
                    .setExponentialHistogram(
                        ExponentialHistogram.newBuilder()
                            .setAggregationTemporality(CUMULATIVE)
                            .addDataPoints(
                                ExponentialHistogramDataPoint.newBuilder()
                                    .setTimeUnixNano(TIME)
                                    .setScale(9)
                                    .setCount(16)
                                    .setSum(3)
                                    .setZeroCount(1)
                                    .setPositive(
                                        ExponentialHistogramDataPoint.Buckets.newBuilder()
                                            .setOffset(-1)
                                            .addAllBucketCounts(
                                                List.of(
                                                    1L, 2L, 3L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L,
                                                    4L)))
                                    .setNegative(
                                        ExponentialHistogramDataPoint.Buckets.newBuilder()
                                            .setOffset(4)
                                            .addBucketCounts(5))))
                    .build())
            .batch();
    FloatHistogram histogram = batch.histogram(0);
    assertThat(histogram.schema()).isEqualTo(8);
    assertThat(histogram.positiveSpanOffsets()).containsExactly(0, 4);
    assertThat(histogram.positiveSpanLengths()).containsExactly(2, 1);
    assertThat(histogram.positiveCounts()).containsExactly(1, 5, 4);
    assertThat(histogram.negativeSpanOffsets()).containsExactly(3);
    assertThat(histogram.negativeCounts()).containsExactly(5);
    assertThat(histogram.count()).isEqualTo(16);
    assertThat(histogram.zeroCount()).isEqualTo(1);
  }

  @Test
  void makesSummariesAndStalenessMarkers() {
    SeriesBatch batch =
        translate(
                Resource.getDefaultInstance(),
                Metric.newBuilder()
                    .setName("s")
                    .setSummary(
                        Summary.newBuilder()
                            .addDataPoints(
                                SummaryDataPoint.newBuilder()
                                    .setTimeUnixNano(TIME)
                                    .setCount(2)
                                    .setSum(3)
                                    .addQuantileValues(
                                        SummaryDataPoint.ValueAtQuantile.newBuilder()
                                            .setQuantile(0.99)
                                            .setValue(7))))
                    .build(),
                Metric.newBuilder()
                    .setName("g")
                    .setGauge(Gauge.newBuilder().addDataPoints(point().setFlags(1)))
                    .build())
            .batch();
    assertThat(rows(batch).get(2)).startsWith("s{").contains("quantile=\"0.99\"").endsWith(" 7.0");
    assertThat(Samples.isStale(batch.valueBits(3))).isTrue();
  }

  @Test
  void refusesDeltasAndUnspecifiedTemporalityPointByPoint() {
    Metric.Builder delta =
        Metric.newBuilder()
            .setName("d")
            .setSum(
                Sum.newBuilder()
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                    .addDataPoints(point())
                    .addDataPoints(point()));
    Metric unspecified =
        Metric.newBuilder().setName("u").setSum(Sum.newBuilder().addDataPoints(point())).build();
    Metric nameless =
        Metric.newBuilder().setGauge(Gauge.newBuilder().addDataPoints(point())).build();
    Metric good =
        Metric.newBuilder()
            .setName("g")
            .setGauge(Gauge.newBuilder().addDataPoints(point()))
            .build();
    Decoded<SeriesBatch> decoded = translate(delta.build(), unspecified, nameless, good);
    assertThat(decoded.rejections())
        .extracting(Rejection::reason, Rejection::rows)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(Rejection.Reason.UNSUPPORTED, 2),
            org.assertj.core.groups.Tuple.tuple(Rejection.Reason.INVALID_ROW, 1),
            org.assertj.core.groups.Tuple.tuple(Rejection.Reason.INVALID_LABELS, 1));
    assertThat(decoded.batch().rows()).isEqualTo(2);
  }

  @Test
  void joinsAttributesWhoseNamesCollide() {
    SeriesBatch batch =
        translate(
                Resource.getDefaultInstance(),
                Metric.newBuilder()
                    .setName("g")
                    .setGauge(
                        Gauge.newBuilder()
                            .addDataPoints(
                                point()
                                    .addAttributes(attribute("a_b", "2"))
                                    .addAttributes(attribute("a.b", "1"))))
                    .build())
            .batch();
    assertThat(batch.sets().labels(0).get("a_b")).isEqualTo("1;2");
  }
}
