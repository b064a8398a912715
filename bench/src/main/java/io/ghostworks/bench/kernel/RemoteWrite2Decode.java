package io.ghostworks.bench.kernel;

import io.ghostworks.bench.payload.RemoteWritePayloads;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetNumbers;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.proto.ProtoWriter;
import io.ghostworks.wire.remotewrite.RemoteWrite2Decoder;
import io.ghostworks.wire.remotewrite.RemoteWriteDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Remote write 2.0 requests of 2,000 samples into batches, nanoseconds a sample. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RemoteWrite2Decode {

  private static final int SAMPLES = 2_000;
  private static final int LIMIT_BYTES = 32 << 20;

  private final RemoteWrite2Decoder decoder = new RemoteWrite2Decoder(SAMPLES, LIMIT_BYTES);
  private final byte[] body = body();

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public Object decode() {
    return decoder.decode("bench", body, 0, body.length, bytes -> {});
  }

  /** The samples of {@link RemoteWriteDecode} in the other version. */
  private static byte[] body() {
    byte[] compressed =
        new RemoteWritePayloads(42, 1_700_000_000_000L, SAMPLES).request(0, SAMPLES, 0);
    byte[] first = ContentCoding.SNAPPY.decode(compressed, 0, compressed.length, LIMIT_BYTES);
    SeriesBatch batch =
        new RemoteWriteDecoder(SAMPLES, LabelSetNumbers.NONE)
            .decode(TenantId.DEFAULT, "bench", first, 0, first.length)
            .batch();
    Map<String, Integer> symbols = new LinkedHashMap<>();
    symbols.put("", 0);
    ProtoWriter series = new ProtoWriter(1 << 16);
    for (int row = 0; row < batch.rows(); row++) {
      int one = series.begin(5);
      int refs = series.begin(1);
      batch
          .sets()
          .labels(batch.set(row))
          .forEach((name, value) -> {
            series.varint(symbols.computeIfAbsent(name, n -> symbols.size()));
            series.varint(symbols.computeIfAbsent(value, v -> symbols.size()));
          });
      series.end(refs);
      int sample = series.begin(2);
      series.fixed64Always(1, batch.valueBits(row));
      series.uint(2, batch.timestampMs(row));
      series.end(sample);
      series.end(one);
    }
    ProtoWriter request = new ProtoWriter(1 << 16);
    for (String symbol : symbols.keySet()) {
      byte[] text = symbol.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      request.bytesAlways(4, text, 0, text.length);
    }
    request.raw(series.array(), 0, series.size());
    return request.toByteArray();
  }
}
