package io.ghostworks.bench.kernel;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.chunk.ChunkEncoding;
import io.ghostworks.wire.chunk.ChunkReader;
import io.ghostworks.wire.chunk.FloatChunkWriter;
import io.ghostworks.wire.chunk.SampleSink;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Chunks of Prometheus as remote read gives and imports take them: 120 samples of a counter,
 * nanoseconds a sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PrometheusChunks {

  private static final int SAMPLES = 120;

  private final FloatChunkWriter writer = new FloatChunkWriter();
  private final long[] bits = new long[SAMPLES];
  private final byte[] chunk;
  private long sum;

  public PrometheusChunks() {
    SplittableRandom random = new SplittableRandom(42);
    double value = 0;
    for (int i = 0; i < SAMPLES; i++) {
      value += random.nextInt(50);
      bits[i] = Double.doubleToRawLongBits(value);
    }
    chunk = write();
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public final byte[] write() {
    writer.start();
    for (int i = 0; i < SAMPLES; i++) {
      writer.add(1_700_000_000_000L + i * 15_000L, bits[i]);
    }
    return writer.toByteArray();
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public long read() {
    sum = 0;
    ChunkReader.read(
        ChunkEncoding.XOR,
        chunk,
        0,
        chunk.length,
        new SampleSink() {
          @Override
          public void sample(long timestampMs, long valueBits, long startMs) {
            sum += valueBits;
          }

          @Override
          public void sample(long timestampMs, FloatHistogram histogram, long startMs) {
            sum++;
          }
        });
    return sum;
  }
}
