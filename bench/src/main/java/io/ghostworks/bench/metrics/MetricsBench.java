package io.ghostworks.bench.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.bench.metrics.MetricsOptions.Load;
import io.ghostworks.bench.metrics.MetricsOptions.ServerSpec;
import io.ghostworks.bench.system.Report;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of metrics in docs/benchmarks.md, of Ghostworks and of other servers in the same run:
 * each load is given to each server in turn, the same bytes from the same seed. Tables go to
 * standard output, progress to standard error.
 */
public final class MetricsBench {
  private final MetricsOptions options;
  private final Report report = new Report();
  private final IngestLoad ingest;
  private final MemoryLoad memory;
  private final DiskLoad disk;
  private final QueriesLoad queries;
  private final RestartLoad restart;

  private MetricsBench(MetricsOptions options) {
    this.options = options;
    this.ingest = new IngestLoad(options, report);
    this.memory = new MemoryLoad(options, report);
    this.disk = new DiskLoad(options, report);
    this.queries = new QueriesLoad(options, report);
    this.restart = new RestartLoad(options, report);
  }

  public static void main(String[] arguments) throws Exception {
    MetricsOptions options;
    try {
      options = MetricsOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.printf("bench metrics: %s%n%s", e.getMessage(), MetricsOptions.USAGE);
      System.exit(2);
      return;
    }
    new MetricsBench(options).run(Path.of(System.getProperty("ghostworks.root", ".")));
    System.exit(0);
  }

  private void run(Path root) throws IOException, InterruptedException {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("cores", Runtime.getRuntime().availableProcessors());
    about.put("time", Instant.now().toString());
    about.put("scale", options.scale());
    about.put("seed", options.seed());
    Map<String, String> versions = new LinkedHashMap<>();
    about.put("versions", versions);
    for (Load load : options.loads()) {
      for (ServerSpec spec : options.servers()) {
        if (spec instanceof ServerSpec.Running && (load == Load.DISK || load == Load.RESTART)) {
          System.err.printf(
              "%s: left out for %s, which runs already%n", load.option(), spec.name());
          continue;
        }
        try (Server server = Server.open(spec, root)) {
          versions.put(server.name(), version(server));
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

  private void run(Load load, Server server) throws IOException, InterruptedException {
    switch (load) {
      case INGEST -> ingest.run(server);
      case MEMORY -> memory.run(server);
      case DISK -> disk.run(server);
      case QUERIES -> queries.run(server);
      case RESTART -> restart.run(server);
    }
  }

  /** What a server says of itself. */
  private static String version(Server server) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/status/buildinfo")).build(),
              HttpResponse.BodyHandlers.ofString());
      return new ObjectMapper().readTree(response.body()).path("data").toString();
    }
  }
}
