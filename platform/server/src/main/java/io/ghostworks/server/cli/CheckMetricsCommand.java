package io.ghostworks.server.cli;

import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.openmetrics.ExposedFamily;
import io.ghostworks.wire.openmetrics.MetricLint;
import io.ghostworks.wire.openmetrics.OpenMetricsValidator;
import io.ghostworks.wire.openmetrics.TextFamilies;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code check metrics}: reads exposed metrics from standard input and tells what is wrong with
 * them, with the texts and exit statuses of {@code promtool check metrics}: 0 good, 1 no metrics, 3
 * advice. A text that ends with {@code # EOF} is checked as OpenMetrics, in all its strictness.
 */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = {
      "Checks metrics on standard input for what they must and should be.",
      "Text that ends with # EOF is OpenMetrics, other text is Prometheus's format.",
      "",
      "  curl -s http://localhost:9090/metrics | ./ghostworks check metrics"
    })
final class CheckMetricsCommand implements Callable<Integer> {

  private static final int INPUT_BYTES_MAX = 256 << 20;
  private static final int FAILED = 1;
  private static final int ADVICE = 3;
  private static final int PADDING = 4;

  @Spec private CommandSpec spec;

  @Option(names = "--extended", description = "Also print how many series each metric is.")
  private boolean extended;

  @Option(
      names = "--lint",
      paramLabel = "CHECKS",
      defaultValue = "all",
      description = "all, or none for no advice (default all).")
  private Lint lint = Lint.ALL;

  /** Which advice is given; option values are their names in lower case. */
  enum Lint {
    ALL,
    NONE
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    if (!extended && lint == Lint.NONE) {
      err.println("error: at least one of --extended or linting must be enabled");
      err.println(
          "Use --extended for cardinality analysis, or remove --lint=none to enable linting");
      return FAILED;
    }
    List<ExposedFamily> families;
    try {
      families = read(System.in);
    } catch (WireFormatException e) {
      err.println("error while linting: " + e.getMessage());
      return FAILED;
    }
    List<MetricLint.Problem> problems = lint == Lint.NONE ? List.of() : MetricLint.of(families);
    problems.forEach(problem -> err.println(problem.metric() + " " + problem.text()));
    if (extended) {
      printCardinality(families);
    }
    return problems.isEmpty() ? 0 : ADVICE;
  }

  private static List<ExposedFamily> read(InputStream in) throws IOException {
    byte[] text = in.readNBytes(INPUT_BYTES_MAX);
    if (text.length == INPUT_BYTES_MAX) {
      throw new WireFormatException(
          "the input must be smaller than %d bytes".formatted(INPUT_BYTES_MAX), INPUT_BYTES_MAX);
    }
    String end =
        new String(
                text,
                Math.max(0, text.length - 16),
                Math.min(16, text.length),
                StandardCharsets.UTF_8)
            .stripTrailing();
    return end.endsWith("# EOF") ? OpenMetricsValidator.validate(text) : TextFamilies.read(text);
  }

  private void printCardinality(List<ExposedFamily> families) {
    List<ExposedFamily> sorted =
        families.stream()
            .sorted(
                Comparator.comparingInt(ExposedFamily::cardinality)
                    .reversed()
                    .thenComparing(ExposedFamily::name))
            .toList();
    long total = families.stream().mapToLong(ExposedFamily::cardinality).sum();
    int nameWidth = Math.max("Metric".length(), "Total".length());
    int countWidth = Math.max("Cardinality".length(), Long.toString(total).length());
    int shareWidth = "Percentage".length();
    for (ExposedFamily family : sorted) {
      nameWidth = Math.max(nameWidth, family.name().length());
    }
    String row =
        "%%-%ds%%-%ds%%-%ds%%n"
            .formatted(nameWidth + PADDING, countWidth + PADDING, shareWidth + PADDING);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(row, "Metric", "Cardinality", "Percentage");
    for (ExposedFamily family : sorted) {
      String share =
          String.format(Locale.ROOT, "%.2f%%", 100.0 * family.cardinality() / Math.max(1, total));
      out.printf(row, family.name(), family.cardinality(), share);
    }
    out.printf(row, "Total", total, "100%");
    out.flush();
  }
}
