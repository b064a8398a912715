package io.ghostworks.bench.kernel;

import io.ghostworks.bench.payload.Payloads;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** OTLP protobuf into batches, nanoseconds a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OtlpDecode {

  private static final int ROWS = 500;

  private final OtlpDecoder decoder = new OtlpDecoder(OtlpLimits.DEFAULT);
  private final byte[] spans = new Payloads(42, 1_700_000_000_000_000_000L).spans(ROWS, 1);
  private final byte[] logs = new Payloads(42, 1_700_000_000_000_000_000L).logs(ROWS, 1);
  private final byte[] points = new Payloads(42, 1_700_000_000_000_000_000L).points(ROWS, 1);

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object spans() {
    return decoder.traces(OtlpEncoding.PROTOBUF, spans, 0, spans.length);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object logs() {
    return decoder.logs(OtlpEncoding.PROTOBUF, logs, 0, logs.length);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object points() {
    return decoder.metrics(OtlpEncoding.PROTOBUF, points, 0, points.length);
  }
}
