package io.ghostworks.bench.kernel;

import io.ghostworks.bench.payload.ExpositionPayloads;
import io.ghostworks.wire.exposition.ExpositionParser;
import io.ghostworks.wire.exposition.OpenMetricsParser;
import io.ghostworks.wire.exposition.PrometheusTextParser;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A scraped body, nanoseconds a sample. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExpositionParse {

  private static final int SAMPLES = 2_000;

  private final byte[] text = new ExpositionPayloads(42).text(SAMPLES);
  private final byte[] openMetrics = new ExpositionPayloads(42).openMetrics(SAMPLES);

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public double text() {
    return sum(new PrometheusTextParser(text, 0, text.length));
  }

  /** As at the first scrape of a target, whose series are not known yet. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public int textWithLabels() {
    ExpositionParser parser = new PrometheusTextParser(text, 0, text.length);
    int labels = 0;
    for (var entry = parser.next(); entry != ExpositionParser.Entry.END; entry = parser.next()) {
      if (entry == ExpositionParser.Entry.SERIES) {
        labels += parser.packedLabels().length;
      }
    }
    return labels;
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public double openMetrics() {
    return sum(new OpenMetricsParser(openMetrics, 0, openMetrics.length));
  }

  private static double sum(ExpositionParser parser) {
    double sum = 0;
    for (var entry = parser.next(); entry != ExpositionParser.Entry.END; entry = parser.next()) {
      if (entry == ExpositionParser.Entry.SERIES) {
        sum += parser.value();
      }
    }
    return sum;
  }
}
