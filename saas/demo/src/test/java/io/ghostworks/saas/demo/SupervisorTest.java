package io.ghostworks.saas.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With processes that do nothing. */
class SupervisorTest {
  @TempDir private Path directory;

  @Test
  void startsAllAndStopsAll() throws Exception {
    DemoProcesses processes =
        new DemoProcesses(idle("platform"), idle("api"), idle("worker"), idle("load"), null);
    try (Supervisor supervisor = supervisor(processes)) {
      assertThat(supervisor.start()).isTrue();
      assertThat(processes.all()).allMatch(DemoProcess::isRunning);
      supervisor.watch(Duration.ZERO);
    }
    assertThat(processes.all()).noneMatch(DemoProcess::isRunning);
  }

  @Test
  void tellsWhichProcessEndedAndWhatItWroteLast() throws Exception {
    DemoProcess broken = process("load", "echo no room; exit 3");
    try (Supervisor supervisor =
        supervisor(
            new DemoProcesses(idle("platform"), idle("api"), idle("worker"), broken, null))) {
      supervisor.start();
      assertThatThrownBy(() -> supervisor.watch(Duration.ofMinutes(1)))
          .hasMessage(
              "load has ended by itself with exit code 3, and the demo ends with it; it wrote last:\nno room");
    }
  }

  @Test
  void tellsWhichSignalEndedAProcess() throws Exception {
    DemoProcess killed = process("api", "kill -9 $$");
    try (Supervisor supervisor =
        supervisor(
            new DemoProcesses(idle("platform"), killed, idle("worker"), idle("load"), null))) {
      supervisor.start();
      assertThatThrownBy(() -> supervisor.watch(Duration.ofMinutes(1)))
          .hasMessage(
              "api has ended by signal 9, and the demo ends with it; it wrote last:\n(nothing)");
    }
  }

  @Test
  void isNotReadyAfterItWasClosed() throws Exception {
    DemoProcesses processes =
        new DemoProcesses(idle("platform"), idle("api"), idle("worker"), idle("load"), null);
    Supervisor supervisor = supervisor(processes);
    supervisor.close();
    assertThat(supervisor.start()).isFalse();
    assertThat(processes.all()).noneMatch(DemoProcess::isRunning);
  }

  @Test
  void aWorkerThatWasStoppedByItsSwitchIsNoFailureAndComesBack() throws Exception {
    DemoProcess worker = idle("worker");
    WorkerSwitch stopped =
        new WorkerSwitch(
            worker, new AlertDue("QueueBacklog", Duration.ZERO, Duration.ZERO, Duration.ZERO));
    worker.start();
    stopped.turn(true);
    assertThat(worker.isRunning()).isFalse();
    assertThat(worker.hasFailed()).isFalse();
    stopped.turn(false);
    assertThat(worker.isRunning()).isTrue();
    worker.stop();
  }

  @Test
  void theLoadStartsWhenWhatItWaitsForHolds() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = (asked.incrementAndGet() < 3 ? "[]" : "[here]").getBytes(US_ASCII);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    DemoProcesses processes =
        new DemoProcesses(
            idle("platform"), idle("api"), idle("worker"), idle("load"), new Probe(uri, "here"));
    try (Supervisor supervisor = supervisor(processes)) {
      assertThat(supervisor.start()).isTrue();
      assertThat(asked).hasValue(3);
      assertThat(processes.load().isRunning()).isTrue();
    } finally {
      server.stop(0);
    }
  }

  private static Supervisor supervisor(DemoProcesses processes) {
    return new Supervisor(
        processes,
        HttpClient.newHttpClient(),
        new PrintStream(OutputStream.nullOutputStream(), true));
  }

  private DemoProcess idle(String name) {
    return process(name, "exec sleep 60");
  }

  private DemoProcess process(String name, String script) {
    return new DemoProcess(
        name,
        List.of("sh", "-c", script),
        Map.of(),
        directory,
        directory.resolve(name + ".log"),
        null);
  }
}
