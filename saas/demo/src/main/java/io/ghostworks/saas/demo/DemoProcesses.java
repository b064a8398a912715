package io.ghostworks.saas.demo;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The four processes, in the order in which they start. The api opens the database before the
 * worker, so that it is the one that serves it: the worker can go without disturbing the api.
 *
 * @param beforeLoad what must hold before the load starts: the api was scraped, so that increases
 *     of its counters are seen from their 0 on; null for nothing
 */
record DemoProcesses(
    DemoProcess platform,
    DemoProcess api,
    DemoProcess worker,
    DemoProcess load,
    @Nullable Probe beforeLoad) {

  static DemoProcesses of(DemoFiles files, Ports ports) {
    return new DemoProcesses(
        platform(files, ports),
        api(files, ports),
        worker(files, ports),
        load(files, ports),
        apiScraped(ports));
  }

  List<DemoProcess> all() {
    return List.of(platform, api, worker, load);
  }

  private static DemoProcess platform(DemoFiles files, Ports ports) {
    List<String> command =
        List.of(
            files.root().resolve("ghostworks").toString(),
            "serve",
            "--config",
            files.configuration().toString(),
            "--data",
            files.data().toString(),
            "--port-offset",
            Integer.toString(ports.offset()));
    return new DemoProcess(
        "platform",
        command,
        Map.of("GHOSTWORKS_SKIP_BUILD", "1"),
        files.root(),
        files.log("platform"),
        ready(ports.platform()));
  }

  private static DemoProcess api(DemoFiles files, Ports ports) {
    List<String> command = java(files, "api", 192, List.of());
    command.add("io.ghostworks.saas.api.Api");
    command.add("--server.port=" + ports.api());
    command.add("--spring.datasource.url=" + jdbcUrl(files));
    command.add("--ghostworks.telemetry.otlp-endpoint=http://127.0.0.1:" + ports.otlpHttp());
    command.add("--saas.faults.enabled=true");
    command.add("--saas.reveal-activation-code=true");
    command.add("--saas.password-iterations=2000");
    command.add("--saas.billing-period=3m");
    command.add("--saas.payments.drop-every=1m");
    return new DemoProcess(
        "api", command, Map.of(), files.root(), files.log("api"), ready(ports.api()));
  }

  private static DemoProcess worker(DemoFiles files, Ports ports) {
    List<String> command =
        java(
            files,
            "worker",
            96,
            List.of(
                "-Dsaas.worker.port=" + ports.worker(),
                "-Dsaas.database.url=" + jdbcUrl(files),
                "-Dsaas.otlp.endpoint=http://127.0.0.1:" + ports.otlpHttp()));
    command.add("io.ghostworks.saas.worker.Worker");
    return new DemoProcess(
        "worker", command, Map.of(), files.root(), files.log("worker"), ready(ports.worker()));
  }

  private static DemoProcess load(DemoFiles files, Ports ports) {
    List<String> command =
        java(files, "load", 64, List.of("-Dsaas.load.target=http://127.0.0.1:" + ports.api()));
    command.add("io.ghostworks.saas.load.Load");
    return new DemoProcess("load", command, Map.of(), files.root(), files.log("load"), null);
  }

  private static String jdbcUrl(DemoFiles files) {
    return "jdbc:h2:file:" + files.database() + ";AUTO_SERVER=TRUE";
  }

  private static Probe ready(int port) {
    return new Probe(URI.create("http://127.0.0.1:" + port + "/ready"), "");
  }

  /** The job is the one of the demo's prometheus.yml. */
  private static Probe apiScraped(Ports ports) {
    String query = URLEncoder.encode("up{job=\"api-service\"} == 1", StandardCharsets.UTF_8);
    return new Probe(
        URI.create(
            "http://127.0.0.1:" + ports.platform() + "/prometheus/api/v1/query?query=" + query),
        "\"metric\"");
  }

  /**
   * A small JVM that is quick to start, with the class path that the build has put under the
   * module's target.
   */
  private static List<String> java(
      DemoFiles files, String module, int heapMb, List<String> properties) {
    Path target = files.root().resolve("saas").resolve(module).resolve("target");
    Path lib = target.resolve("lib");
    if (!Files.isDirectory(lib)) {
      throw new IllegalStateException("there is no " + lib + "; run ./ghostworks build first");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMb + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseCompactObjectHeaders");
    // The first run writes an archive of the classes it loaded, which the next ones map.
    command.add("-XX:+AutoCreateSharedArchive");
    command.add("-XX:SharedArchiveFile=" + target.resolve("start.jsa"));
    command.add("-Dh2.bindAddress=127.0.0.1");
    command.addAll(properties);
    command.add("-cp");
    command.add(lib + "/*");
    return command;
  }
}
