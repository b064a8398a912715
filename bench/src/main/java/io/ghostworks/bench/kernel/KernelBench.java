package io.ghostworks.bench.kernel;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs kernels as JMH's own main class does, with its options, and ends with a table of time and
 * allocated bytes an operation.
 */
public final class KernelBench {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private KernelBench() {}

  public static void main(String[] arguments) throws Exception {
    Collection<RunResult> results = new Runner(new CommandLineOptions(arguments)).run();
    System.out.println("\n| kernel | time | ± | allocated |\n| --- | --- | --- | --- |");
    for (RunResult result : results) {
      System.out.println(row(result));
    }
  }

  private static String row(RunResult run) {
    String name = run.getParams().getBenchmark();
    Result<?> time = run.getPrimaryResult();
    @SuppressWarnings("rawtypes") // as JMH declares them
    Map<String, Result> secondary = run.getSecondaryResults();
    Result<?> allocated = secondary.get(ALLOCATED);
    return "| `%s` | %s | %s | %s |"
        .formatted(
            name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
            figure(time.getScore()) + " " + time.getScoreUnit(),
            Double.isNaN(time.getScoreError()) ? "" : figure(time.getScoreError()),
            allocated == null ? "" : figure(allocated.getScore()) + " B/op");
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
  }
}
