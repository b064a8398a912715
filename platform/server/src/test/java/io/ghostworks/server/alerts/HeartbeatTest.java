package io.ghostworks.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.Secret;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.server.settings.HeartbeatSettings;
import io.ghostworks.wire.http.HttpCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
  private static final Secret URL = Secret.of("http://watch.example/ping/secret-id");

  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
  private final List<HttpCall> calls = new ArrayList<>();
  private final List<Long> secondsOfCalls = new ArrayList<>();
  private final List<String> alarms = new ArrayList<>();
  private int status = 200;
  private boolean broken;
  private boolean stateBroken;

  private final Heartbeat heartbeat =
      new Heartbeat(
          new Heartbeat.Identity("host:3000", "http://localhost:3000/", "1.0"),
          new Heartbeat.Parts(
              this::exchange,
              this::probe,
              (failing, target, error, again) -> alarms.add(failing + " " + target + " " + error),
              time,
              time,
              Runnable::run,
              new PlatformMetrics()));

  @AfterEach
  void close() {
    heartbeat.close();
  }

  private int exchange(HttpCall call) throws IOException {
    calls.add(call);
    secondsOfCalls.add(time.epochMs() / 1000 - 1_700_000_000L);
    if (broken) {
      throw new IOException("no answer from " + call.uri() + " within 1000 ms");
    }
    return status;
  }

  private void probe() {
    if (stateBroken) {
      throw new IllegalStateException("the disk is gone");
    }
  }

  private static HeartbeatSettings every(Duration interval, String method) {
    return new HeartbeatSettings(URL, "", interval, method, Duration.ofSeconds(10));
  }

  private void begin(Duration interval) {
    heartbeat.replace(Optional.of(every(interval, "POST")));
  }

  @Test
  void beatsAtOnceAndThenAtEachInterval() {
    begin(Duration.ofMinutes(1));
    time.advance(Duration.ofMinutes(3));
    assertThat(secondsOfCalls).containsExactly(0L, 60L, 120L, 180L);
    HttpCall call = calls.getFirst();
    assertThat(call.method()).isEqualTo("POST");
    assertThat(new String(call.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"status\":\"firing\",\"alertname\":\"GhostworksHeartbeat\",\"instance\":\"host:3000\",\"version\":\"1.0\","
                + "\"externalURL\":\"http://localhost:3000/\",\"sentAt\":\"2023-11-14T22:13:20Z\"}");
    assertThat(heartbeat.view().orElseThrow().lastSuccessAt()).isEqualTo("2023-11-14T22:16:20Z");
    assertThat(heartbeat.view().orElseThrow().target()).isEqualTo("http://watch.example");
  }

  @Test
  void beatsByGetWithoutABody() {
    heartbeat.replace(Optional.of(every(Duration.ofMinutes(1), "GET")));
    time.advance(Duration.ZERO);
    assertThat(calls.getFirst().method()).isEqualTo("GET");
    assertThat(calls.getFirst().body()).isEmpty();
  }

  @Test
  void triesAgainWithPausesThatDoubleUntilTheNextBeatIsDue() {
    status = 503;
    begin(Duration.ofSeconds(20));
    time.advance(Duration.ofSeconds(25));
    assertThat(secondsOfCalls).containsExactly(0L, 1L, 3L, 7L, 15L, 20L);
    assertThat(heartbeat.view().orElseThrow().error()).isEqualTo("unexpected status code 503");
    status = 200;
    time.advance(Duration.ofSeconds(15));
    assertThat(secondsOfCalls).endsWith(20L, 40L);
    assertThat(heartbeat.view().orElseThrow().error()).isNull();
    assertThat(heartbeat.view().orElseThrow().failuresInRow()).isZero();
  }

  @Test
  void isFailingOnceTwoIntervalsHadNoBeat() {
    begin(Duration.ofSeconds(30));
    time.advance(Duration.ofSeconds(10));
    broken = true;
    time.advance(Duration.ofSeconds(50));
    assertThat(heartbeat.isFailing()).isFalse();
    time.advance(Duration.ofSeconds(1));
    assertThat(heartbeat.isFailing()).isTrue();
    time.advance(Duration.ofSeconds(30));
    broken = false;
    time.advance(Duration.ofSeconds(60));
    assertThat(heartbeat.isFailing()).isFalse();
    assertThat(alarms)
        .contains("true http://watch.example no answer from http://watch.example within 1000 ms")
        .endsWith("false http://watch.example ");
  }

  @Test
  void saysNoSecretOfTheAddress() {
    broken = true;
    begin(Duration.ofMinutes(1));
    time.advance(Duration.ZERO);
    assertThat(heartbeat.view().orElseThrow().error())
        .isEqualTo("no answer from http://watch.example within 1000 ms");
  }

  @Test
  void isSilentWhileTheAlertStateDoesNotAnswer() {
    stateBroken = true;
    begin(Duration.ofMinutes(1));
    time.advance(Duration.ofMinutes(2));
    assertThat(calls).isEmpty();
    assertThat(heartbeat.view().orElseThrow().error())
        .isEqualTo("not sent, as the alert state does not answer: the disk is gone");
  }

  @Test
  void readsTheAddressFromAFileAtEachBeat(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("url"), "http://one/a\n");
    heartbeat.replace(
        Optional.of(
            new HeartbeatSettings(
                Secret.of(""),
                file.toString(),
                Duration.ofMinutes(1),
                "POST",
                Duration.ofSeconds(1))));
    time.advance(Duration.ZERO);
    Files.writeString(file, "http://two/b");
    time.advance(Duration.ofMinutes(1));
    assertThat(calls)
        .extracting(call -> call.uri().toString())
        .containsExactly("http://one/a", "http://two/b");
    assertThat(heartbeat.view().orElseThrow().target()).isEqualTo("as " + file + " says");
  }

  @Test
  void goesOnUndisturbedByAReloadThatChangesNothingAndEndsByOneThatRemovesIt() {
    begin(Duration.ofMinutes(1));
    time.advance(Duration.ofSeconds(30));
    begin(Duration.ofMinutes(1));
    time.advance(Duration.ofSeconds(30));
    assertThat(secondsOfCalls).containsExactly(0L, 60L);
    heartbeat.replace(Optional.empty());
    time.advance(Duration.ofMinutes(5));
    assertThat(calls).hasSize(2);
    assertThat(heartbeat.view()).isEmpty();
  }
}
