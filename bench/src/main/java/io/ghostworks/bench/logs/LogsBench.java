package io.ghostworks.bench.logs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.bench.logs.LogRequests.Protocol;
import io.ghostworks.bench.logs.LogRequests.Shape;
import io.ghostworks.bench.logs.LogsOptions.Load;
import io.ghostworks.bench.logs.LogsOptions.ServerSpec;
import io.ghostworks.bench.system.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of logs in docs/benchmarks.md, of Ghostworks and of other servers in the same run:
 * each load is given to each server in turn, the same bytes from the same seed. Tables go to
 * standard output, progress to standard error.
 */
public final class LogsBench {
  private static final int REQUESTS = 8_000;
  private static final int REQUESTS_OF_QUERIES = 20_000;
  private static final int STREAMS = 50;
  private static final int STREAMS_MANY = 50_000;
  private static final int LATE_PERCENT = 20;
  private static final Duration SPAN = Duration.ofHours(2);
  private static final Duration DAY = Duration.ofHours(24);

  private final LogsOptions options;
  private final Report report = new Report();
  private final LogIngest ingest;
  private final LogQueries queries;

  /** The time of the last lines; the same for all servers. */
  private final Instant end = Instant.now();

  private LogsBench(LogsOptions options) {
    this.options = options;
    this.ingest = new LogIngest(options, report);
    this.queries = new LogQueries(options, report);
  }

  public static void main(String[] arguments) throws Exception {
    LogsOptions options;
    try {
      options = LogsOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.printf("bench logs: %s%n%s", e.getMessage(), LogsOptions.USAGE);
      System.exit(2);
      return;
    }
    new LogsBench(options).run(Path.of(System.getProperty("ghostworks.root", ".")));
    System.exit(0);
  }

  private void run(Path root) throws IOException, InterruptedException {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("cores", Runtime.getRuntime().availableProcessors());
    about.put("time", end.toString());
    about.put("scale", options.scale());
    about.put("seed", options.seed());
    for (Load load : options.loads()) {
      for (ServerSpec spec : options.servers()) {
        try (LogServer server = LogServer.open(spec, root)) {
          run(load, server);
        }
      }
    }
    System.out.println(new ObjectMapper().writeValueAsString(about));
    options.loads().forEach(load -> report.print(load.option()));
    Path json = options.json();
    if (json != null) {
      report.write(json, about);
    }
  }

  private void run(Load load, LogServer server) throws IOException, InterruptedException {
    switch (load) {
      case OTLP -> ingest.run(server, load, Protocol.OTLP, shape(STREAMS, SPAN, 0, REQUESTS));
      case PUSH -> ingest.run(server, load, Protocol.LOKI, shape(STREAMS, SPAN, 0, REQUESTS));
      case STREAMS ->
          ingest.run(
              server,
              load,
              Protocol.LOKI,
              shape(options.scaled(STREAMS_MANY, STREAMS), SPAN, 0, REQUESTS));
      case LATE ->
          ingest.run(server, load, Protocol.LOKI, shape(STREAMS, SPAN, LATE_PERCENT, REQUESTS));
      case QUERIES -> queries.run(server, shape(STREAMS, DAY, 0, REQUESTS_OF_QUERIES));
    }
  }

  private Shape shape(int streams, Duration span, int latePercent, int requests) {
    return new Shape(
        options.seed(),
        streams,
        end.minus(span).toEpochMilli() * 1_000_000,
        span.toNanos(),
        options.scaled(requests, 50),
        latePercent);
  }
}
