package io.ghostworks.bench.kernel;

import io.ghostworks.promql.text.FloatBytes;
import io.ghostworks.promql.text.FloatText;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The values of an answer as the digits that stand in its JSON: nanoseconds a value. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FloatsAsText {
  private static final int VALUES = 1024;

  /** Rates have all digits, memory none after the point. */
  @Param({"rate", "thousandths", "whole"})
  public String kind = "";

  private final double[] values = new double[VALUES];
  private final byte[] out = new byte[VALUES * FloatBytes.BYTES_MAX];

  @Setup
  public void fill() {
    Random random = new Random(5);
    for (int i = 0; i < VALUES; i++) {
      values[i] =
          switch (kind) {
            case "rate" -> random.nextInt(100_000) / 285.0;
            case "thousandths" -> random.nextInt(10_000_000) / 1000.0;
            default -> random.nextInt();
          };
    }
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public int bytes() {
    int at = 0;
    for (double value : values) {
      at = FloatBytes.write(value, out, at);
    }
    return at;
  }

  /** With a text between. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public int text() {
    int at = 0;
    for (double value : values) {
      byte[] text = FloatText.formatJson(value).getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(text, 0, out, at, text.length);
      at += text.length;
    }
    return at;
  }
}
