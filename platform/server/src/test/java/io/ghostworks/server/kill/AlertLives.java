package io.ghostworks.server.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Fires, ends and silences alerts over Alertmanager's API, repeats what was not acknowledged, and
 * remembers what the receiver was told: the oracle of kills. An alert ends only after the receiver
 * knows that it fires. Thread-safe.
 */
final class AlertLives {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUIET = "Quiet";
  private static final String ALWAYS = "Always";

  /** Begins the names of the platform's own alerts: a slow machine replays long enough for one. */
  private static final String BUILT_IN = "Ghostworks";

  private final Random random;

  /** Alerts that were acknowledged as firing, by name, with whether their end was, too. */
  private final Map<String, Boolean> lives = new TreeMap<>();

  /** Alerts whose end may have arrived. */
  private final Set<String> ending = new HashSet<>();

  /** How often the receiver was told, by name and status. */
  private final Map<String, Integer> told = new TreeMap<>();

  private final Set<String> silences = new HashSet<>();
  private final List<String> mistakes = new ArrayList<>();
  private Optional<Change> unacknowledged = Optional.empty();
  private int names;

  /** A request that has to be acknowledged. */
  private record Change(String name, boolean ends) {}

  AlertLives(long seed) {
    random = new Random(seed ^ 1);
  }

  /** Lives until the platform is gone. */
  void live(ChildPlatform platform) {
    try {
      while (step(platform)) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      // killed: the change is repeated
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean step(ChildPlatform platform) throws IOException, InterruptedException {
    if (silences.isEmpty() || random.nextInt(15) == 0) {
      silence(platform);
    }
    Change change = unacknowledged.orElseGet(this::next);
    unacknowledged = Optional.of(change);
    boolean acknowledged = post(platform, change);
    if (acknowledged) {
      acknowledge(change);
      unacknowledged = Optional.empty();
    }
    return acknowledged;
  }

  private synchronized Change next() {
    List<String> endable =
        lives.entrySet().stream()
            .filter(life -> !life.getValue() && told.containsKey(life.getKey() + " firing"))
            .map(Map.Entry::getKey)
            .toList();
    if (!endable.isEmpty() && random.nextInt(3) > 0) {
      String name = endable.get(random.nextInt(endable.size()));
      ending.add(name);
      return new Change(name, true);
    }
    String prefix = random.nextInt(6) == 0 ? QUIET : "Alert";
    return new Change(prefix + names++, false);
  }

  private synchronized void acknowledge(Change change) {
    if (!change.name.startsWith(QUIET)) {
      lives.put(change.name, change.ends);
    }
  }

  private boolean post(ChildPlatform platform, Change change)
      throws IOException, InterruptedException {
    Instant now = Instant.now();
    Instant end = change.ends ? now : now.plus(Duration.ofHours(1));
    String body =
        "[{\"labels\":{\"alertname\":\"%s\"},\"startsAt\":\"%s\",\"endsAt\":\"%s\"}]"
            .formatted(change.name, now.minusSeconds(1), end);
    return postJson(platform, "/api/v2/alerts", body).statusCode() == 200;
  }

  private void silence(ChildPlatform platform) throws IOException, InterruptedException {
    String body =
        """
        {"matchers":[{"name":"alertname","value":"%s.*","isRegex":true,"isEqual":true}],
         "startsAt":"%s","endsAt":"%s","createdBy":"test","comment":"quiet %d"}
        """
            .formatted(
                QUIET, Instant.now(), Instant.now().plus(Duration.ofHours(5)), random.nextInt());
    HttpResponse<String> answer = postJson(platform, "/api/v2/silences", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    silences.add(JSON.readTree(answer.body()).path("silenceID").asText());
  }

  private static HttpResponse<String> postJson(ChildPlatform platform, String path, String body)
      throws IOException, InterruptedException {
    return platform.post(
        "alertmanager",
        path,
        body.getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "application/json");
  }

  /** Every silence that was acknowledged is there. */
  void checkSilences(ChildPlatform platform) throws IOException, InterruptedException {
    Set<String> there = new HashSet<>();
    JsonNode list = JSON.readTree(platform.get("alertmanager", "/api/v2/silences").body());
    list.forEach(silence -> there.add(silence.path("id").asText()));
    assertThat(there).as("silences").containsAll(silences);
  }

  /** Repeats what was not acknowledged. */
  void finish(ChildPlatform platform) throws IOException, InterruptedException {
    if (unacknowledged.isPresent()) {
      Change change = unacknowledged.get();
      assertThat(post(platform, change)).isTrue();
      acknowledge(change);
    }
  }

  /** The receiver got a message. */
  synchronized void told(String body) {
    try {
      for (JsonNode alert : JSON.readTree(body).path("alerts")) {
        String name = alert.path("labels").path("alertname").asText();
        if (name.startsWith(BUILT_IN)) {
          continue;
        }
        String status = alert.path("status").asText();
        told.merge(name + " " + status, 1, Integer::sum);
        if (status.equals("resolved") && !ending.contains(name)) {
          mistakes.add("told as resolved, and nobody had said so: " + name);
        }
        if (name.startsWith(QUIET)) {
          mistakes.add("told although it is silenced: " + name);
        }
      }
    } catch (IOException e) {
      mistakes.add("no message: " + body);
    }
  }

  synchronized boolean isAllTold() {
    return missing().isEmpty();
  }

  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    lives.forEach((name, ended) -> {
      if (!told.containsKey(name + " firing")) {
        missing.add(name + " firing");
      }
      if (ended && !told.containsKey(name + " resolved")) {
        missing.add(name + " resolved");
      }
    });
    if (!told.containsKey(ALWAYS + " firing")) {
      missing.add(ALWAYS + " firing");
    }
    return missing;
  }

  /** Nothing was lost, nothing was wrong, and no kill made more than one message more. */
  synchronized void check(String when, int kills) {
    assertThat(mistakes).as(when).isEmpty();
    assertThat(missing()).as("%s: never told", when).isEmpty();
    int more = told.values().stream().mapToInt(times -> times - 1).sum();
    assertThat(more).as("%s: told twice: %s", when, told).isLessThanOrEqualTo(kills);
    System.out.printf(
        "%s: %d kills, %d alerts, %d ends, %d silences: 0 lost, %d told twice%n",
        when,
        kills,
        lives.size(),
        lives.values().stream().filter(ended -> ended).count(),
        silences.size(),
        more);
  }

  synchronized int fired() {
    return lives.size();
  }
}
