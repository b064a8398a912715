package io.ghostworks.bench.kernel;

import io.ghostworks.bench.payload.Payloads;
import io.ghostworks.collector.ExportPositions;
import io.ghostworks.collector.generator.GeneratedOutput;
import io.ghostworks.collector.generator.GeneratorSettings;
import io.ghostworks.collector.generator.MetricsGenerator;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Spans into span metrics and the service graph, nanoseconds a span; without their decoding. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpanAggregate {

  private static final int ROWS = 500;

  private final SpanBatch batch = decoded();
  private final Repeating tail = new Repeating();
  private Runnable tick = () -> {};

  public SpanAggregate() {
    MetricsGenerator generator =
        new MetricsGenerator(
            new MetricsGenerator.Parts(
                tenant -> GeneratorSettings.DEFAULT,
                new NoPositions(),
                new GeneratedOutput.Series(
                    (tenant, samples) ->
                        CompletableFuture.completedFuture(Acknowledgement.accepted(samples.rows())),
                    (tenant, names, startMs, endMs) -> new SeriesBatch("")),
                new MemoryLedger().open("series", 64 << 20),
                Clock.system(),
                new Ticks(),
                Runnable::run,
                new PlatformMetrics()));
    generator.start(tail);
  }

  private static SpanBatch decoded() {
    byte[] body = new Payloads(42, 1_700_000_000_000_000_000L).spans(ROWS, 1);
    return new OtlpDecoder(OtlpLimits.DEFAULT)
        .traces(OtlpEncoding.PROTOBUF, body, 0, body.length)
        .batch();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long spans() {
    tail.end++;
    tick.run();
    return tail.end;
  }

  /** Gives the same batch at each position. */
  private final class Repeating implements TelemetryTail<SpanBatch> {
    private long end;

    @Override
    public long endPosition() {
      return end;
    }

    @Override
    public Cursor<SpanBatch> cursor(long afterPosition) {
      return new RepeatingCursor(afterPosition);
    }
  }

  private final class RepeatingCursor implements TelemetryTail.Cursor<SpanBatch> {
    private long position;

    RepeatingCursor(long position) {
      this.position = position;
    }

    @Override
    public void read(TelemetryTail.Reader<SpanBatch> reader) {
      boolean goesOn = true;
      while (goesOn && position < tail.end) {
        goesOn = reader.batch(position + 1, TenantId.DEFAULT, batch);
        position++;
      }
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public long framesMissed() {
      return 0;
    }

    @Override
    public void close() {}
  }

  private final class Ticks implements Timers {
    @Override
    public Timer after(Duration delay, Runnable task) {
      return () -> {};
    }

    @Override
    public Timer every(Duration initialDelay, Duration period, Runnable task) {
      tick = task;
      return () -> {};
    }
  }

  private static final class NoPositions implements ExportPositions {
    @Override
    public Map<String, Long> load() {
      return Map.of();
    }

    @Override
    public void save(String reader, long position) {}

    @Override
    public void forget(String reader) {}
  }
}
