package io.ghostworks.bench.kernel;

import io.ghostworks.bench.fleet.Fleet;
import io.ghostworks.bench.fleet.Target;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.BucketColumn;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.chunk.SeriesChunkCodec;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Chunks of 480 samples of the mix of targets, written and read: nanoseconds a sample. Buckets
 * refer to the bucket before as in a part.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SeriesChunks {
  private static final int SERIES = 4_000;
  private static final int SAMPLES = 480;
  private static final long FIRST_MS = 1_800_000_000_000L;
  private static final long STEP_MS = 15_000;

  private final SeriesChunkCodec codec = new SeriesChunkCodec();
  private final BytesOutput out = new BytesOutput(1 << 16, 1 << 24);
  private final SampleBuffer read = new SampleBuffer();
  private final BytesInput in = new BytesInput(new byte[0]);
  private final long[] times = new long[SAMPLES];
  private final Chunk[] chunks = new Chunk[SERIES];

  /** One series' samples and its bucket before. */
  private record Chunk(
      SampleBuffer samples, boolean bucket, byte[] bytes, @Nullable BucketColumn before) {}

  public SeriesChunks() {
    for (int i = 0; i < SAMPLES; i++) {
      times[i] = FIRST_MS + i * STEP_MS;
    }
    Map<Labels, BucketColumn> last = new HashMap<>();
    int at = 0;
    for (Map.Entry<Labels, SampleBuffer> one : series().entrySet()) {
      if (at == SERIES) {
        break;
      }
      boolean isBucket = one.getKey().has("le");
      Labels histogram = one.getKey().toBuilder().remove("le").build();
      BucketColumn before = isBucket ? last.get(histogram) : null;
      BucketColumn own = isBucket ? new BucketColumn() : null;
      out.clear();
      codec.encode(one.getValue(), 0, SAMPLES, before, own, out);
      chunks[at++] = new Chunk(one.getValue(), isBucket, out.toByteArray(), before);
      if (own != null) {
        last.put(histogram, own);
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(SERIES * SAMPLES)
  public int encode() {
    int bytes = 0;
    BucketColumn own = new BucketColumn();
    for (Chunk chunk : chunks) {
      out.clear();
      codec.encode(chunk.samples, 0, SAMPLES, chunk.before, chunk.bucket ? own : null, out);
      bytes += out.position();
    }
    return bytes;
  }

  @Benchmark
  @OperationsPerInvocation(SERIES * SAMPLES)
  public int decode() throws DamagedDataException {
    int samples = 0;
    BucketColumn own = new BucketColumn();
    for (Chunk chunk : chunks) {
      in.reset(chunk.bytes, 0, chunk.bytes.length);
      boolean bucket = SeriesChunkCodec.isBucket(in);
      boolean needed = SeriesChunkCodec.needsBucketBefore(in);
      read.clear();
      codec.decode(
          in,
          times,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          needed ? chunk.before : null,
          bucket ? own : null,
          read);
      samples += read.size();
    }
    return samples;
  }

  private static SortedMap<Labels, SampleBuffer> series() {
    SortedMap<Labels, SampleBuffer> series = new TreeMap<>();
    for (Target target : Fleet.of(1, 1).targets()) {
      List<SampleBuffer> buffers = new ArrayList<>();
      target
          .labels()
          .forEach(set -> {
            SampleBuffer buffer = new SampleBuffer();
            buffers.add(buffer);
            series.put(Labels.of(set), buffer);
          });
      for (int i = 0; i < SAMPLES; i++) {
        target.scrape(FIRST_MS + i * STEP_MS);
        for (int k = 0; k < buffers.size(); k++) {
          long bits = Double.doubleToRawLongBits(target.values()[k]);
          buffers.get(k).add(FIRST_MS + i * STEP_MS, bits, 0);
        }
      }
    }
    return series;
  }
}
