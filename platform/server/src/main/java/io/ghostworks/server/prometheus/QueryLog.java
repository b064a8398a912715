package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.eval.QueryStatistics;
import io.ghostworks.rules.RuleQueryLog;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Exchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code query_log_file}: one line of JSON for each PromQL query that was evaluated, in
 * the form of Prometheus 3.14 (promql/engine.go, exec). Lines are appended, each with one write on
 * the thread of its query, so that nothing waits in memory; no line is longer than a request may
 * be, escaped. The file is opened anew with each reload, which is how it is rotated. A line that
 * cannot be written is counted and given up. Thread-safe.
 */
public final class QueryLog implements RuleQueryLog, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(QueryLog.class);
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 19, SignStyle.NORMAL)
          .appendPattern("-MM-dd'T'HH:mm:ss.SSS'Z'")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Clock clock;
  private final PlatformMetrics.Counter failures;
  private volatile @Nullable FileChannel file;
  private boolean failing;

  public QueryLog(Clock clock, PlatformMetrics metrics) {
    this.clock = clock;
    this.failures =
        metrics.counter(
            "ghostworks_query_log_failures_total",
            "Lines of the query log that could not be written.",
            Labels.EMPTY);
    metrics.gauge(
        "ghostworks_query_log_enabled",
        "Whether queries are logged to a file.",
        Labels.EMPTY,
        () -> isOn() ? 1 : 0);
  }

  /**
   * What a client asked.
   *
   * @param stepMs 0 for an instant query
   */
  record Asked(String query, long startMs, long endMs, long stepMs) {}

  /** A file that is open and not yet written to; closing it gives it up unless it is used. */
  public final class Opened implements AutoCloseable {
    private @Nullable FileChannel channel;

    private Opened(@Nullable FileChannel channel) {
      this.channel = channel;
    }

    /** Lines go to this file from now on, or to none; the one before is closed. */
    public void use() {
      replace(channel);
      channel = null;
    }

    @Override
    public void close() {
      closeQuietly(channel);
    }
  }

  /**
   * Opens a file, which is made if it is not there.
   *
   * @param path empty for no log
   * @throws IOException if it cannot be opened; what was used before is used on
   */
  public Opened open(Optional<Path> path) throws IOException {
    if (path.isEmpty()) {
      return new Opened(null);
    }
    try {
      return new Opened(
          FileChannel.open(path.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new IOException(
          "global.query_log_file must name a file that can be written, not '%s': %s"
              .formatted(path.get(), e),
          e);
    }
  }

  @Override
  public boolean isOn() {
    return file != null;
  }

  /**
   * A query of a client has ended.
   *
   * @param error why it failed; null if it did not
   */
  void logRequest(Exchange exchange, Asked asked, @Nullable String error, QueryStatistics cost) {
    GoJson json = begin(asked, error, cost).name("httpRequest").object();
    json.name("clientIP").plain(exchange.clientIp());
    json.name("method").plain(exchange.method());
    json.name("path").plain(exchange.path());
    write(json.endObject().endObject());
  }

  @Override
  public void logRule(
      RuleQueryLog.Asked asked, long timeMs, @Nullable String error, QueryStatistics cost) {
    GoJson json = begin(new Asked(asked.query(), timeMs, timeMs, 0), error, cost);
    json.name("ruleGroup").object().name("file").plain(asked.file());
    json.name("name").plain(asked.group());
    write(json.endObject().endObject());
  }

  /** What lines of all origins have in common; no query is part of a trace here. */
  private GoJson begin(Asked asked, @Nullable String error, QueryStatistics cost) {
    GoJson json = new GoJson();
    json.object().name("time").text(GoTimes.ofNanos(clock.epochNanos()));
    json.name("level").text("INFO").name("source").text("QueryLog.java");
    json.name("msg").text("promql query logged").name("params").object();
    json.name("end").text(TIME.format(Instant.ofEpochMilli(asked.endMs)));
    json.name("query").plain(asked.query);
    json.name("start").text(TIME.format(Instant.ofEpochMilli(asked.startMs)));
    json.name("step").number(asked.stepMs / 1000).endObject();
    if (error != null) {
      json.name("error").plain(error);
    }
    json.name("stats").raw(QueryStatisticsJson.of(cost, false).getBytes(StandardCharsets.UTF_8));
    json.name("spanID").text("0".repeat(16)).name("traceID").text("0".repeat(32));
    return json;
  }

  private synchronized void write(GoJson line) {
    FileChannel channel = file;
    if (channel == null) {
      return; // switched off since the query began
    }
    ByteBuffer bytes = ByteBuffer.wrap((line.json() + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      failing = false;
    } catch (IOException e) {
      failures.increment();
      if (!failing) {
        failing = true;
        log.error("the query log cannot be written, lines of it are lost: {}", e.toString());
      }
    }
  }

  private synchronized void replace(@Nullable FileChannel next) {
    FileChannel before = file;
    file = next;
    failing = false;
    closeQuietly(before);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        log.warn("a query log could not be closed: {}", e.toString());
      }
    }
  }

  /** Logs nothing any more. */
  @Override
  public void close() {
    replace(null);
  }
}
