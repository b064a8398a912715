package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code logs}: writes the lines that a log query finds in a running server, and with {@code
 * --follow} those that come.
 */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Writes the lines that a log query (LogQL) finds in a running server.")
final class LogsCommand implements Callable<Integer> {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TIME = "Unix seconds or RFC 3339";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int POLL_ROWS = 5_000;

  /** Followed lines are asked for again for so long, as senders may be late. */
  private static final Duration LATE_MAX = Duration.ofSeconds(5);

  private static final int SEEN_MAX = 100_000;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URL",
      defaultValue = "http://localhost:3100",
      description = "Where the Loki API is (default ${DEFAULT-VALUE}).")
  private URI server = URI.create("http://localhost:3100");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token that is sent, for example DATA/tokens/read.")
  private @Nullable Path tokenFile;

  @Option(names = "--tenant", paramLabel = "ID", description = "The tenant that is asked.")
  private @Nullable String tenant;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "How far back, as 30m, 12h or 7d (default 1h).")
  private @Nullable String since;

  @Option(names = "--from", paramLabel = "TIME", description = TIME + ".")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = TIME + " (default now).")
  private @Nullable String to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "At most so many lines, the newest; 0 for as many as a download may have (default"
              + " ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text, json (one object a line) or csv (default ${DEFAULT-VALUE}).")
  private String output = "text";

  @Option(
      names = "--stream",
      paramLabel = "LABELS",
      split = ",",
      description = "Labels that are shown in front of the line, or as columns of CSV.")
  private List<String> labels = List.of();

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with the lines that come, until it is interrupted.")
  private boolean follow;

  @Option(names = "--forward", description = "Oldest first, also without --follow.")
  private boolean forward;

  @Parameters(
      paramLabel = "QUERY",
      description = "For example '{service_name=\"api\"} |= \"error\"'.")
  private String query = "";

  @Override
  public Integer call() {
    if (!Set.of("text", "json", "csv").contains(output)) {
      throw new ParameterException(
          spec.commandLine(), "--output must be text, json or csv, got '%s'".formatted(output));
    }
    if (follow && output.equals("csv")) {
      throw new ParameterException(
          spec.commandLine(), "--follow writes text or json: csv has an end");
    }
    if (limit < 0) {
      throw new ParameterException(spec.commandLine(), "--limit must be at least 0, got " + limit);
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
      return run(client);
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println(
              "%s gives no answer: %s (is a server running there? name another with --server)"
                  .formatted(server, e.getMessage() == null ? e : e.getMessage()));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private int run(HttpClient client) throws IOException, InterruptedException {
    StringBuilder parameters = new StringBuilder(range());
    boolean oldestFirst = forward || follow;
    parameters.append("&direction=").append(oldestFirst ? "forward" : "backward");
    if (limit > 0 && !follow) {
      parameters.append("&limit=").append(limit);
    }
    if (output.equals("csv")) {
      parameters.append("&format=csv&labels=").append(encoded(String.join(",", labels)));
    }
    Set<String> seen = new HashSet<>();
    long began = System.currentTimeMillis();
    int status = write(client, parameters.toString(), seen);
    while (follow && status == 0) {
      Thread.sleep(POLL);
      if (seen.size() > SEEN_MAX) {
        seen.clear();
        spec.commandLine().getErr().println("some lines may be shown twice: too many came at once");
      }
      long start = Math.max(began, System.currentTimeMillis() - LATE_MAX.toMillis());
      status =
          write(
              client,
              "start=%d000000&direction=forward&limit=%d".formatted(start, POLL_ROWS),
              seen);
    }
    return status;
  }

  private String range() {
    StringBuilder range = new StringBuilder();
    if (from != null) {
      range.append("start=").append(nanos(from, "--from"));
    } else {
      range.append("since=").append(encoded(since == null ? "1h" : since));
    }
    if (to != null) {
      range.append("&end=").append(nanos(to, "--to"));
    }
    return range.toString();
  }

  /**
   * Writes a download.
   *
   * @param seen the lines that were written before, where the command follows
   */
  private int write(HttpClient client, String parameters, Set<String> seen)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    server.toString().replaceAll("/+$", "")
                        + "/loki/api/v1/download?"
                        + parameters
                        + "&query="
                        + encoded(query)))
            .GET();
    if (tokenFile != null) {
      request.header("Authorization", "Bearer " + Files.readString(tokenFile).strip());
    }
    if (tenant != null) {
      request.header("X-Scope-OrgID", tenant);
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader body =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      PrintWriter out = spec.commandLine().getOut();
      if (response.statusCode() != 200) {
        spec.commandLine()
            .getErr()
            .println(
                "query error: status %d: %s"
                    .formatted(
                        response.statusCode(),
                        String.join(" ", body.lines().limit(10).toList()).strip()));
        return 1;
      }
      for (String line = body.readLine(); line != null; line = body.readLine()) {
        if (!follow || seen.add(line)) {
          out.println(output.equals("text") ? shown(line) : line);
        }
      }
      out.flush();
      return 0;
    }
  }

  /**
   * A line of text: its time, the labels that are wanted, and the line without what controls
   * terminals.
   */
  private String shown(String object) throws IOException {
    JsonNode row = MAPPER.readTree(object);
    StringBuilder text = new StringBuilder(row.path("timestamp").asText());
    for (String label : labels) {
      text.append(' ').append(label).append('=').append(row.path("labels").path(label).asText());
    }
    text.append(' ').append(row.path("line").asText());
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\t' || !Character.isISOControl(c)) {
            safe.appendCodePoint(c);
          } else {
            safe.append("\\u%04x".formatted(c));
          }
        });
    return safe.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String nanos(String time, String option) {
    try {
      return new BigDecimal(time).movePointRight(9).toBigInteger().toString();
    } catch (NumberFormatException notSeconds) {
      try {
        Instant instant = OffsetDateTime.parse(time).toInstant();
        return BigDecimal.valueOf(instant.getEpochSecond())
            .movePointRight(9)
            .add(BigDecimal.valueOf(instant.getNano()))
            .toBigInteger()
            .toString();
      } catch (DateTimeException e) {
        throw new ParameterException(
            spec.commandLine(),
            "%s must be Unix seconds or RFC 3339, as 2026-01-31T12:00:00Z, got '%s'"
                .formatted(option, time),
            e);
      }
    }
  }
}
