package io.ghostworks.bench.kernel;

import io.ghostworks.bench.payload.RemoteWritePayloads;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetNumbers;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.remotewrite.RemoteWriteDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Remote write 1.0 requests of 2,000 samples into batches, nanoseconds a sample. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RemoteWriteDecode {

  private static final int SAMPLES = 2_000;
  private static final int LIMIT_BYTES = 32 << 20;

  private final RemoteWriteDecoder decoder = new RemoteWriteDecoder(SAMPLES, LabelSetNumbers.NONE);
  private final byte[] compressed =
      new RemoteWritePayloads(42, 1_700_000_000_000L, SAMPLES).request(0, SAMPLES, 0);
  private final byte[] body =
      ContentCoding.SNAPPY.decode(compressed, 0, compressed.length, LIMIT_BYTES);

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public Object decode() {
    return decoder.decode(TenantId.DEFAULT, "bench", body, 0, body.length);
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public Object decompressAndDecode() {
    byte[] plain = ContentCoding.SNAPPY.decode(compressed, 0, compressed.length, LIMIT_BYTES);
    return decoder.decode(TenantId.DEFAULT, "bench", plain, 0, plain.length);
  }
}
