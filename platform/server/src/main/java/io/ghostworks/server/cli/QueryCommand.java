package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code query}: asks a running server, this platform or any other with Prometheus's API. Warnings
 * and infos go to standard error. The flags are promtool's where it has them.
 */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Asks a running server by PromQL.")
final class QueryCommand implements Runnable {

  private static final String TIME = "Unix seconds or RFC 3339";

  /** A range is cut into about so many steps where no step is given, as by promtool. */
  private static final int STEPS = 250;

  private static final BigDecimal DEFAULT_RANGE_SECONDS = BigDecimal.valueOf(300);

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a kind of query is needed: instant, range, series or labels");
  }

  @Command(
      name = "instant",
      mixinStandardHelpOptions = true,
      description = "Evaluates an expression at one time.")
  int instant(
      @Mixin ServerAddress server,
      @Mixin QueryOutput output,
      @Option(names = "--time", paramLabel = "TIME", description = TIME + " (default now).")
          @Nullable String time,
      @Parameters(paramLabel = "EXPR") String expression) {
    List<Map.Entry<String, String>> form = new ArrayList<>();
    form.add(Map.entry("query", expression));
    add(form, "time", time);
    return answered(() -> {
      JsonNode answer = server.ask("/api/v1/query", form);
      output.samples(out(), answer.path("data"));
      return answer;
    });
  }

  @Command(
      name = "range",
      mixinStandardHelpOptions = true,
      description = "Evaluates an expression at the steps of a range.")
  int range(
      @Mixin ServerAddress server,
      @Mixin QueryOutput output,
      @Option(
              names = "--start",
              paramLabel = "TIME",
              description = TIME + " (default 5 minutes before the end).")
          @Nullable String start,
      @Option(names = "--end", paramLabel = "TIME", description = TIME + " (default now).")
          @Nullable String end,
      @Option(
              names = "--step",
              paramLabel = "DURATION",
              description =
                  "Distance of the steps, as 15s or in seconds (default the range / 250, at least 1"
                      + " second).")
          @Nullable String step,
      @Parameters(paramLabel = "EXPR") String expression) {
    BigDecimal until = end == null ? seconds(Instant.now()) : seconds(end, "--end");
    BigDecimal from =
        start == null ? until.subtract(DEFAULT_RANGE_SECONDS) : seconds(start, "--start");
    if (until.compareTo(from) < 0) {
      throw new ParameterException(spec.commandLine(), "--end must not be before --start");
    }
    long defaultStep =
        Math.max(
            1,
            until.subtract(from).divide(BigDecimal.valueOf(STEPS), RoundingMode.FLOOR).longValue());
    List<Map.Entry<String, String>> form =
        List.of(
            Map.entry("query", expression),
            Map.entry("start", from.toPlainString()),
            Map.entry("end", until.toPlainString()),
            Map.entry("step", step == null ? Long.toString(defaultStep) : step));
    return answered(() -> {
      JsonNode answer = server.ask("/api/v1/query_range", form);
      output.samples(out(), answer.path("data"));
      return answer;
    });
  }

  @Command(
      name = "series",
      mixinStandardHelpOptions = true,
      description = "Lists the series that selectors find.")
  int series(
      @Mixin ServerAddress server,
      @Mixin QueryOutput output,
      @Mixin Selection selection,
      @Parameters(paramLabel = "SELECTOR", arity = "0..*") @Nullable List<String> selectors) {
    List<Map.Entry<String, String>> form = selection.form();
    if (selectors != null) {
      selectors.forEach(selector -> form.add(Map.entry("match[]", selector)));
    }
    if (form.stream().noneMatch(entry -> entry.getKey().equals("match[]"))) {
      throw new ParameterException(
          spec.commandLine(), "a selector is needed, for example 'up' or --match '{job=\"api\"}'");
    }
    return answered(() -> {
      JsonNode answer = server.ask("/api/v1/series", form);
      output.series(out(), answer.path("data"));
      return answer;
    });
  }

  @Command(
      name = "labels",
      mixinStandardHelpOptions = true,
      description = "Lists the values of a label, or without one the names of all labels.")
  int labels(
      @Mixin ServerAddress server,
      @Mixin QueryOutput output,
      @Mixin Selection selection,
      @Parameters(paramLabel = "NAME", arity = "0..1") @Nullable String name) {
    return answered(() -> {
      JsonNode answer =
          name == null
              ? server.ask("/api/v1/labels", selection.form())
              : server.get(
                  "/api/v1/label/"
                      + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20")
                      + "/values",
                  selection.form());
      output.texts(out(), name == null ? "name" : name, answer.path("data"));
      return answer;
    });
  }

  /** Which series a listing is about. */
  static final class Selection {
    @Option(
        names = "--match",
        paramLabel = "SELECTOR",
        description = "A selector of series; may be given more than once.")
    private List<String> matches = new ArrayList<>();

    @Option(names = "--start", paramLabel = "TIME", description = TIME + ".")
    private @Nullable String start;

    @Option(names = "--end", paramLabel = "TIME", description = TIME + ".")
    private @Nullable String end;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
    private @Nullable Integer limit;

    List<Map.Entry<String, String>> form() {
      List<Map.Entry<String, String>> form = new ArrayList<>();
      matches.forEach(match -> form.add(Map.entry("match[]", match)));
      add(form, "start", start);
      add(form, "end", end);
      add(form, "limit", limit == null ? null : limit.toString());
      return form;
    }
  }

  /** What asks a server, prints its answer and gives it back. */
  @FunctionalInterface
  private interface Asking {
    JsonNode answer() throws ServerAddress.ServerException, InterruptedException;
  }

  private int answered(Asking asking) {
    PrintWriter err = spec.commandLine().getErr();
    try {
      JsonNode answer = asking.answer();
      out().flush();
      answer.path("warnings").forEach(warning -> err.println("warning: " + warning.asText()));
      answer.path("infos").forEach(info -> err.println("info: " + info.asText()));
      return 0;
    } catch (ServerAddress.ServerException e) {
      err.println("query error: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static void add(
      List<Map.Entry<String, String>> form, String name, @Nullable String value) {
    if (value != null) {
      form.add(Map.entry(name, value));
    }
  }

  private BigDecimal seconds(String time, String option) {
    try {
      return new BigDecimal(time);
    } catch (NumberFormatException notSeconds) {
      try {
        return seconds(OffsetDateTime.parse(time).toInstant());
      } catch (DateTimeException e) {
        throw new ParameterException(
            spec.commandLine(),
            "%s must be Unix seconds or RFC 3339, as 2026-01-31T12:00:00Z, got '%s'"
                .formatted(option, time),
            e);
      }
    }
  }

  private static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }
}
