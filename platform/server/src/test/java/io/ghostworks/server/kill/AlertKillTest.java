package io.ghostworks.server.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the platform at random moments of the life of alerts, and looks what the receiver was told
 * in the end: every alert that fired and every end of one, nothing that was silenced, no end before
 * its time, and at most one message more than these for each kill. A rule whose alert fires all the
 * time is told once. The seed is the system property {@code ghostworks.seed}.
 */
class AlertKillTest {
  private static final int KILLS = 20;
  private static final int KILLS_LONG = 200;
  private static final int EARLY_KILL_PERIOD = 7;
  private static final int RUN_MS_MAX = 1_200;
  private static final int POLLS_MAX = 1_200;
  private static final long POLL_MS = 50;
  private static final long SETTLE_MS = 1_500;

  private final long seed = Long.getLong("ghostworks.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AlertLives lives = new AlertLives(seed);

  @TempDir private Path folder;

  @Test
  void alertsAndSilencesSurviveEveryKill() throws IOException, InterruptedException {
    survive(KILLS);
  }

  @Test
  @Tag("long")
  void alertsAndSilencesSurviveTwoHundredKills() throws IOException, InterruptedException {
    survive(KILLS_LONG);
  }

  private void survive(int kills) throws IOException, InterruptedException {
    Server receiver = receiver();
    receiver.start().join();
    try {
      configure(receiver.activeLocalPort());
      for (int kill = 0; kill < kills; kill++) {
        if (kill % EARLY_KILL_PERIOD == EARLY_KILL_PERIOD - 1) {
          killAtStart();
        } else {
          liveAndKill();
        }
      }
      try (ChildPlatform platform = start().awaitReady()) {
        lives.checkSilences(platform);
        lives.finish(platform);
        for (int polls = 0; polls < POLLS_MAX && !lives.isAllTold(); polls++) {
          platform.run(POLL_MS);
        }
        platform.run(SETTLE_MS); // what would be told twice is told by then
      }
      lives.check("seed %d".formatted(seed), kills);
      assertThat(lives.fired()).as("alerts that fired").isGreaterThan(kills);
    } finally {
      receiver.stop().join();
    }
  }

  private void configure(int port) throws IOException {
    Files.writeString(
        folder.resolve("alertmanager.yml"),
        """
        route:
          receiver: team
          group_by: ['...']
          group_wait: 20ms
          group_interval: 300ms
          repeat_interval: 24h
        receivers:
          - name: team
            webhook_configs: [{url: "http://127.0.0.1:%d/hook"}]
        """
            .formatted(port));
    Files.writeString(
        folder.resolve("rules.yml"),
        """
        groups:
          - name: always
            interval: 1s
            rules:
              - {alert: Always, expr: vector(1), labels: {severity: none}}
        """);
  }

  private ChildPlatform start() throws IOException {
    return ChildPlatform.start(
        folder, client, "files: {alertmanager: alertmanager.yml, rules: [rules.yml]}\n");
  }

  private void killAtStart() throws IOException, InterruptedException {
    try (ChildPlatform platform = start()) {
      platform.run(200 + random.nextInt(1500));
      platform.kill();
    }
  }

  private void liveAndKill() throws IOException, InterruptedException {
    try (ChildPlatform platform = start().awaitReady()) {
      lives.checkSilences(platform);
      Thread sender = Thread.startVirtualThread(() -> lives.live(platform));
      platform.run(1 + random.nextInt(RUN_MS_MAX));
      platform.kill();
      sender.join();
    }
  }

  private Server receiver() {
    return Server.builder()
        .http(0)
        .service(
            "/hook",
            (context, request) ->
                HttpResponse.of(
                    request
                        .aggregate()
                        .thenApply(whole -> {
                          lives.told(whole.contentUtf8());
                          return HttpResponse.of(HttpStatus.OK);
                        })))
        .build();
  }
}
