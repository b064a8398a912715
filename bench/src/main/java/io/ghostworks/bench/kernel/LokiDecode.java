package io.ghostworks.bench.kernel;

import io.ghostworks.bench.payload.LokiPayloads;
import io.ghostworks.wire.loki.LokiPushDecoder;
import io.ghostworks.wire.loki.ServiceName;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Loki push requests of one stream into batches, nanoseconds a line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LokiDecode {

  private static final int ROWS = 500;
  private static final long BASE_NANOS = 1_700_000_000_000_000_000L;

  private final LokiPushDecoder decoder = new LokiPushDecoder(ROWS);
  private final byte[] protobuf = new LokiPayloads(42, BASE_NANOS).protobuf(ROWS, 1);
  private final byte[] json = new LokiPayloads(42, BASE_NANOS).json(ROWS, 1);

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object protobuf() {
    return decoder.protobuf(protobuf, 0, protobuf.length, ServiceName.DEFAULT, null);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object json() {
    return decoder.json(json, 0, json.length, false, ServiceName.DEFAULT, null);
  }
}
