package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.config.DurationForm;
import io.ghostworks.server.cli.ServerAddress.ServerException;
import io.ghostworks.server.cli.waterfall.ShortDuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code traces}: lists the traces that a TraceQL query finds in a running server. */
@Command(
    name = "traces",
    mixinStandardHelpOptions = true,
    description = "Lists the traces that a query (TraceQL) finds in a running server.")
final class TracesCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TIME = "Unix seconds or RFC 3339";
  private static final Duration AHEAD = Duration.ofMinutes(10);
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  @Spec private CommandSpec spec;
  @Mixin private final TempoAddress server = new TempoAddress();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      defaultValue = "1h",
      description = "How far back, as 30m, 12h or 7d (default ${DEFAULT-VALUE}).")
  private String since = "1h";

  @Option(names = "--from", paramLabel = "TIME", description = TIME + ", instead of --since.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = TIME + " (default now).")
  private @Nullable String to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many traces, the newest (default ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json (the answer as the server gave it) or csv (default table).")
  private QueryOutput.Format format = QueryOutput.Format.TABLE;

  @Option(names = "--json", description = "The same as --output json.")
  private boolean json;

  @Parameters(
      paramLabel = "QUERY",
      description = "For example '{ resource.service.name = \"api\" && duration > 1s }'.")
  private String query = "";

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit must be at least 1, got " + limit);
    }
    try {
      write(server.get(path(), "application/json"));
      return 0;
    } catch (ServerException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    } catch (IOException e) {
      spec.commandLine().getErr().println("the answer is no JSON: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private String path() {
    Instant now = Instant.now();
    Instant end = to == null ? now.plus(AHEAD) : time("--to", to);
    Instant start = from == null ? (to == null ? now : end).minus(since()) : time("--from", from);
    return "/api/search?q=%s&start=%d&end=%d&limit=%d"
        .formatted(
            URLEncoder.encode(query, StandardCharsets.UTF_8),
            start.getEpochSecond(),
            end.getEpochSecond() + (end.getNano() > 0 ? 1 : 0),
            limit);
  }

  private void write(byte[] body) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode answer = MAPPER.readTree(body);
    if (json || format == QueryOutput.Format.JSON) {
      out.println(answer);
      out.flush();
      return;
    }
    TableText table =
        new TableText(List.of("TRACE", "START", "DURATION", "SPANS", "FAILED", "MATCHED", "ROOT"));
    for (JsonNode trace : answer.path("traces")) {
      table.add(row(trace));
    }
    if (format == QueryOutput.Format.CSV) {
      table.printCsv(out);
    } else {
      table.printTable(out);
    }
    out.flush();
    String partial = answer.path("message").asText();
    if (answer.path("status").asText().equalsIgnoreCase("partial") || !partial.isEmpty()) {
      spec.commandLine().getErr().println("the answer is partial: " + partial);
    }
  }

  private List<String> row(JsonNode trace) {
    long spans = 0;
    long failed = 0;
    for (JsonNode service : trace.path("serviceStats")) {
      spans += service.path("spanCount").asLong();
      failed += service.path("errorCount").asLong();
    }
    long matched = 0;
    for (JsonNode set : trace.path("spanSets")) {
      matched += set.path("matched").asLong();
    }
    long start = trace.path("startTimeUnixNano").asLong();
    String root =
        trace.path("rootServiceName").asText() + " " + trace.path("rootTraceName").asText();
    return List.of(
        trace.path("traceID").asText(),
        Instant.ofEpochSecond(
                start / NANOS_PER_SECOND, start % NANOS_PER_SECOND / 1_000_000 * 1_000_000)
            .toString(),
        ShortDuration.of(trace.path("durationMs").asLong() * 1_000_000),
        String.format(Locale.ROOT, "%d", spans),
        String.format(Locale.ROOT, "%d", failed),
        String.format(Locale.ROOT, "%d", matched),
        safe(root.strip()));
  }

  /** Without what controls terminals. */
  private static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) ? '·' : c));
    return safe.toString();
  }

  private Duration since() {
    try {
      return DurationForm.PROMETHEUS.parse(since);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--since must be a duration: " + e.getMessage(), e);
    }
  }

  private Instant time(String option, String text) {
    try {
      BigDecimal seconds = new BigDecimal(text);
      return Instant.ofEpochSecond(0, seconds.movePointRight(9).longValueExact());
    } catch (NumberFormatException notSeconds) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        throw refused(option, text, e);
      }
    } catch (ArithmeticException e) {
      throw refused(option, text, e);
    }
  }

  private ParameterException refused(String option, String text, Exception cause) {
    return new ParameterException(
        spec.commandLine(),
        "%s must be %s, as 2026-01-31T12:00:00Z, got '%s'".formatted(option, TIME, text),
        cause);
  }
}
