package io.ghostworks.bench.kernel;

import io.ghostworks.bench.payload.Payloads;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.otlp.metrics.MetricTranslation;
import io.ghostworks.wire.otlp.metrics.MetricTranslator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** OTLP points into Prometheus's samples, nanoseconds a point. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MetricTranslate {

  private static final int ROWS = 500;

  private final MetricTranslator translator = new MetricTranslator(MetricTranslation.DEFAULT);
  private final MetricBatch batch = decoded();

  private static MetricBatch decoded() {
    byte[] body = new Payloads(42, 1_700_000_000_000_000_000L).points(ROWS, 1);
    return new OtlpDecoder(OtlpLimits.DEFAULT)
        .metrics(OtlpEncoding.PROTOBUF, body, 0, body.length)
        .batch();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object points() {
    return translator.translate(batch);
  }
}
