package io.ghostworks.saas.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.saas.demo.Supervisor.ProcessFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code ghostworks demo}: runs the demo until it is interrupted or its time is over.
 */
@Command(
    name = "ghostworks demo",
    description =
        "Starts the platform and a SaaS that it observes, with failure switches on port 8002.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Demo implements Callable<Integer> {
  private static final Duration FOREVER = Duration.ofDays(3650);

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Ends by itself after this time (90s, 5m, 1h).")
  private @Nullable Duration duration;

  @Option(names = "--port-offset", paramLabel = "N", description = "Moves every port by N.")
  private @Nullable Integer portOffset;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      defaultValue = "${sys:ghostworks.root:-.}",
      description = "The project's directory.")
  private Path root = Path.of(".");

  private Demo() {}

  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Demo());
    command.setExecutionExceptionHandler((e, line, parsed) -> {
      line.getErr().println("demo: " + e.getMessage());
      return e instanceof IllegalArgumentException ? CommandLine.ExitCode.USAGE : 1;
    });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Ports ports = new Ports(portOffset == null ? 0 : portOffset);
    DemoFiles files = new DemoFiles(root.toAbsolutePath().normalize(), ports);
    files.requireNotRunning();
    Optional<String> taken = ports.findTaken();
    if (taken.isPresent()) {
      System.err.println("demo: " + taken.get());
      return 1;
    }
    files.prepare();
    DemoProcesses processes = DemoProcesses.of(files, ports);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Notifications notifications = new Notifications(Clock.systemUTC());
    SwitchBoard switches = new SwitchBoard(switches(processes, ports, client), Clock.systemUTC());
    try (PageServer page = PageServer.open(ports.page(), switches, notifications, links(ports))) {
      return run(new Supervisor(processes, client, System.err), files, ports, page);
    }
  }

  private int run(Supervisor supervisor, DemoFiles files, Ports ports, PageServer page)
      throws IOException, InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    Thread stop = new Thread(() -> end(supervisor, files, page, ended), "demo-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      if (!supervisor.start()) {
        return 1;
      }
      System.out.println("ready");
      links(ports).forEach((title, url) -> System.out.printf("  %-18s %s%n", title, url));
      System.out.println("  Turn a failure on: ./ghostworks demo fault NAME on|off");
      System.out.flush();
      supervisor.watch(duration == null ? FOREVER : duration);
      return 0;
    } catch (ProcessFailure e) {
      System.err.println("demo: " + e.getMessage());
      return 1;
    } finally {
      end(supervisor, files, page, ended);
    }
  }

  /**
   * Stops everything once, whoever asks first: the end of the time, a failure, or a signal; the
   * others wait for it.
   */
  private static void end(
      Supervisor supervisor, DemoFiles files, PageServer page, AtomicBoolean ended) {
    synchronized (ended) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      System.err.println("stopping");
      supervisor.close();
      page.close();
      try {
        files.remove();
      } catch (IOException e) {
        System.err.println(
            "demo: the files under target/demo could not all be removed: " + e.getMessage());
      }
    }
  }

  /** Turns a failure of the demo that is running. */
  @Command(
      name = "fault",
      description = "Turns a failure of the running demo: errors, latency or worker.",
      mixinStandardHelpOptions = true)
  Integer fault(
      @Parameters(paramLabel = "NAME", description = "Which failure.") String name,
      @Parameters(paramLabel = "on|off", description = "What it shall be.") String wanted,
      @Option(
              names = "--port-offset",
              paramLabel = "N",
              description = "The offset of that demo, if it is not this project's.")
          @Nullable Integer offset)
      throws IOException, InterruptedException {
    if (!wanted.equals("on") && !wanted.equals("off")) {
      System.err.println("demo: a fault is turned on or off, got '" + wanted + "'");
      return 2;
    }
    List<Integer> running = DemoFiles.findRunningOffsets(root.toAbsolutePath().normalize());
    if (offset == null && running.size() > 1) {
      System.err.println(
          "demo: several demos are running, at port offsets "
              + running
              + "; say which with --port-offset");
      return 2;
    }
    int moved = offset != null ? offset : running.isEmpty() ? 0 : running.getFirst();
    URI page = URI.create("http://127.0.0.1:" + new Ports(moved).page());
    HttpRequest request =
        HttpRequest.newBuilder(
                page.resolve("/faults/" + URLEncoder.encode(name, StandardCharsets.UTF_8)))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .PUT(BodyPublishers.ofString("{\"on\":" + wanted.equals("on") + "}"))
            .build();
    HttpResponse<String> response;
    try {
      response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (ConnectException e) {
      System.err.println("demo: no demo answers at " + page + "; start one with ./ghostworks demo");
      return 1;
    }
    boolean turned = response.statusCode() == 200;
    if (turned) {
      System.out.println(name + " is " + wanted);
    } else {
      System.err.println(
          "demo: " + new ObjectMapper().readTree(response.body()).path("error").asText());
    }
    return turned ? 0 : 1;
  }

  private static List<Switch> switches(DemoProcesses processes, Ports ports, HttpClient client) {
    URI api = URI.create("http://127.0.0.1:" + ports.api());
    Duration minute = Duration.ofMinutes(1);
    Duration scrape = Duration.ofSeconds(15);
    Duration late = scrape.plus(minute);
    return List.of(
        new ApiSwitch(
            "errors",
            "A third of all requests fails with 500: the object store refuses connections.",
            new AlertDue("HighErrorRate", scrape, Duration.ofMinutes(2), late),
            api,
            client),
        new ApiSwitch(
            "latency",
            "Two thirds of all requests wait about a second for the object store.",
            new AlertDue("HighLatency", scrape, Duration.ofMinutes(5), late),
            api,
            client),
        new WorkerSwitch(
            processes.worker(),
            new AlertDue("QueueBacklog", Duration.ofSeconds(30), minute, scrape.multipliedBy(2))));
  }

  private static Map<String, String> links(Ports ports) {
    Map<String, String> links = new LinkedHashMap<>();
    links.put("Ghostworks", "http://localhost:" + ports.platform());
    links.put("Failure switches", "http://localhost:" + ports.page());
    links.put("API metrics", "http://localhost:" + ports.api() + "/metrics");
    links.put("Worker metrics", "http://localhost:" + ports.worker() + "/metrics");
    return links;
  }

  /** Reads a time of a number and s, m or h. */
  private static final class TimeConverter implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (!text.matches("[1-9][0-9]{0,5}[smh]")) {
        throw new CommandLine.TypeConversionException(
            "a time is a number and s, m or h (5m), got '" + text + "'");
      }
      return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
  }
}
