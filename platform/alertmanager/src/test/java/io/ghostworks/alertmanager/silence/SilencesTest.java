package io.ghostworks.alertmanager.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.State;
import io.ghostworks.state.StoredSilences;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilencesTest {

  private static final long START = seconds(Instant.parse("2026-03-02T12:00:00Z").getEpochSecond());
  private static final Labels ALERT = Labels.of("alertname", "Down", "job", "a");

  @TempDir Path directory;
  private final SimulatedTime time = new SimulatedTime(START / 1_000_000);
  private State state;
  private Silences silences;

  @BeforeEach
  void open() {
    state = SqliteState.open(directory);
    silences = silences(SilenceLimits.DEFAULT);
    silences.start();
  }

  @AfterEach
  void close() {
    state.close();
  }

  private Silences silences(SilenceLimits limits) {
    return new Silences(TenantId.DEFAULT, state, time, new Random(7), limits);
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private long now() {
    return time.epochNanos();
  }

  private Silence silence(
      String id, long fromSeconds, long untilSeconds, LabelMatcher... matchers) {
    return new Silence(
        id,
        List.of(matchers),
        START + seconds(fromSeconds),
        START + seconds(untilSeconds),
        0,
        "me",
        "why",
        Labels.EMPTY,
        Optional.empty());
  }

  private static LabelMatcher equal(String label, String value) {
    return new LabelMatcher.Equal(label, value);
  }

  private static LabelMatcher matches(String label, String regex) {
    return new LabelMatcher.Matches(label, AnchoredRegex.compile(regex));
  }

  private List<String> silencing() {
    return silences.silencing(ALERT, now());
  }

  @Test
  void holdsFromItsStartToItsEnd() throws SilenceException {
    String id = silences.set(silence("", 60, 120, equal("job", "a")));
    assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(silencing()).isEmpty();
    assertThat(silences.counts()).isEqualTo(Map.of(SilenceState.PENDING, 1));
    time.advance(Duration.ofMinutes(1));
    assertThat(silencing()).containsExactly(id);
    assertThat(silences.silencing(Labels.of("job", "b"), now())).isEmpty();
    assertThat(silences.counts()).isEqualTo(Map.of(SilenceState.ACTIVE, 1));
    time.advance(Duration.ofMinutes(1));
    assertThat(silencing()).isEmpty();
    assertThat(silences.counts()).isEqualTo(Map.of(SilenceState.EXPIRED, 1));
    assertThat(silences.silencingAt(ALERT, START + seconds(90))).hasSize(1);
    assertThat(silences.silencingAt(ALERT, START + seconds(59))).isEmpty();
  }

  @Test
  void aStartThatPassedOrIsMissingBecomesNow() throws SilenceException {
    String past = silences.set(silence("", -3600, 60, equal("job", "a")));
    Silence missing =
        new Silence(
            "",
            List.of(equal("job", "a")),
            0,
            START + seconds(60),
            0,
            "",
            "",
            Labels.EMPTY,
            Optional.empty());
    String now = silences.set(missing);
    assertThat(silences.silence(past).orElseThrow().startsAtNanos()).isEqualTo(START);
    assertThat(silences.silence(now).orElseThrow().startsAtNanos()).isEqualTo(START);
    assertThat(silencing()).containsExactly(past, now);
  }

  @Test
  void anEditThatKeepsThePastChangesTheSilence() throws SilenceException {
    String id = silences.set(silence("", 0, 60, equal("job", "a")));
    time.advance(Duration.ofSeconds(30));
    assertThat(silences.set(silence(id, 0, 600, equal("job", "a")))).isEqualTo(id);
    time.advance(Duration.ofMinutes(5));
    assertThat(silencing()).containsExactly(id);
    assertThat(silences.all()).hasSize(1);
  }

  @Test
  void anEditOfMatchersOrStartEndsTheSilenceAndMakesAnother() throws SilenceException {
    String first = silences.set(silence("", 0, 60, equal("job", "a")));
    time.advance(Duration.ofSeconds(30));
    String second = silences.set(silence(first, 0, 60, matches("job", "a|b")));
    assertThat(second).isNotEqualTo(first);
    assertThat(silences.silence(first).orElseThrow().endsAtNanos()).isEqualTo(now());
    assertThat(silences.silence(second).orElseThrow().startsAtNanos()).isEqualTo(now());
    String third = silences.set(silence(second, 40, 60, matches("job", "a|b")));
    assertThat(silencing()).isEmpty();
    time.advance(Duration.ofSeconds(15));
    assertThat(silencing()).containsExactly(third);
  }

  @Test
  void expiringEndsNowAndAgainChangesNothing() throws SilenceException {
    String active = silences.set(silence("", 0, 60, equal("job", "a")));
    String pending = silences.set(silence("", 30, 60, equal("job", "a")));
    time.advance(Duration.ofSeconds(10));
    silences.expire(active);
    silences.expire(pending);
    assertThat(silencing()).isEmpty();
    assertThat(silences.silence(pending).orElseThrow().startsAtNanos()).isEqualTo(now());
    long ended = now();
    time.advance(Duration.ofSeconds(30));
    silences.expire(active);
    assertThat(silences.silence(active).orElseThrow().endsAtNanos()).isEqualTo(ended);
    assertThatThrownBy(() -> silences.expire("none")).hasMessage("silence not found");
    assertThatThrownBy(() -> silences.set(silence("none", 0, 60, equal("job", "a"))))
        .hasMessage("silence not found");
  }

  @Test
  void refusesWhatSilencesEverything() {
    assertThatThrownBy(() -> silences.set(silence("", 0, 60, equal("job", ""))))
        .hasMessage(
            "invalid silence: matcher set 0: at least one matcher must not match the empty string");
    assertThatThrownBy(() -> silences.set(silence("", 0, 60, matches("job", ".*"))))
        .hasMessageContaining("must not match the empty string");
    assertThatThrownBy(() -> RawMatcher.compile(List.of(new RawMatcher("job", "[", true, true))))
        .hasMessage(
            "invalid silence: invalid label matcher 0 in set 0: invalid regular expression \"[\":"
                + " error parsing regexp: missing closing ]: `[`");
    assertThatThrownBy(() -> RawMatcher.compile(List.of(new RawMatcher("", "x", false, true))))
        .hasMessage("invalid silence: invalid label matcher 0 in set 0: invalid label name \"\"");
  }

  @Test
  void survivesARestartAndIsForgottenAfterTheRetention() throws SilenceException {
    String plain = silences.set(silence("", 0, 60, equal("job", "a"), matches("x", "|y+")));
    String recurring =
        silences.set(
            new Silence(
                "",
                List.of(new LabelMatcher.NotEqual("job", "b")),
                START,
                START + seconds(7 * 86_400),
                0,
                "me",
                "why",
                Labels.of("k", "v"),
                Optional.of(Schedule.parse("times: [{start_time: '13:00', end_time: '14:00'}]"))));
    List<Silence> before = silences.all();
    silences = silences(SilenceLimits.DEFAULT);
    silences.start();
    assertThat(silences.all()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(silencing()).containsExactly(plain);
    time.advance(Duration.ofHours(1));
    assertThat(silencing()).containsExactly(recurring);
    time.advance(Silences.RETENTION);
    silences.maintain();
    assertThat(silences.all()).extracting(Silence::id).containsExactly(recurring);
    silences = silences(SilenceLimits.DEFAULT);
    silences.start();
    assertThat(silences.all()).extracting(Silence::id).containsExactly(recurring);
  }

  @Test
  void boundsNumberAndSize() throws SilenceException {
    Silences small = silences(new SilenceLimits(2, 1_000, 10_000));
    String id = small.set(silence("", 0, 60, equal("job", "a")));
    assertThatThrownBy(() -> small.set(silence("", 0, 60, equal("job", "x".repeat(1_000)))))
        .hasMessageStartingWith("silence exceeded maximum size: ");
    assertThatThrownBy(() -> small.set(silence("", 0, 60, matches("job", "x+".repeat(200)))))
        .hasMessageStartingWith("exceeded maximum size of all silences: ");
    var _ = small.set(silence("", 0, 60, equal("job", "b")));
    assertThatThrownBy(() -> small.set(silence("", 0, 60, equal("job", "c"))))
        .hasMessage("exceeded maximum number of silences: 2 (limit: 2)");
    assertThat(small.set(silence(id, 0, 90, equal("job", "a")))).isEqualTo(id);
  }

  @Test
  void agreesWithLookingAtEverySilence() throws SilenceException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<String> made = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> made.add(silences.set(random(random, "")));
        case 2 -> {
          if (!made.isEmpty()) {
            made.add(silences.set(random(random, made.get(random.nextInt(made.size())))));
          }
        }
        case 3 -> {
          if (!made.isEmpty()) {
            silences.expire(made.get(random.nextInt(made.size())));
          }
        }
        case 4 -> time.advance(Duration.ofSeconds(random.nextInt(40)));
        default -> {
          if (step % 50 == 0) {
            silences.maintain();
          }
        }
      }
      Labels alert =
          Labels.of(
              "a", "v" + random.nextInt(4), "b", "v" + random.nextInt(4), "c", "w" + step % 3);
      long now = now();
      List<String> expected =
          silences.all().stream()
              .filter(s -> s.startsAtNanos() <= now && now < s.endsAtNanos())
              .filter(s -> s.matchers().stream().allMatch(m -> m.matches(alert.get(m.label()))))
              .map(Silence::id)
              .toList();
      assertThat(silences.silencing(alert, now))
          .as("seed %d step %d", seed, step)
          .isEqualTo(expected);
      assertThat(silences.silencingAt(alert, now)).extracting(Silence::id).isEqualTo(expected);
    }
  }

  private Silence random(Random random, String id) {
    long from = (now() - START) / seconds(1) + random.nextInt(60) - 30;
    List<LabelMatcher> matchers = new ArrayList<>(List.of(randomMatcher(random, "a")));
    for (String label : List.of("b", "c", "missing")) {
      if (random.nextInt(3) == 0) {
        matchers.add(randomMatcher(random, label));
      }
    }
    return silence(id, from, from + 31 + random.nextInt(60), matchers.toArray(LabelMatcher[]::new));
  }

  private static LabelMatcher randomMatcher(Random random, String label) {
    String value = "v" + random.nextInt(4);
    return switch (random.nextInt(label.equals("a") ? 5 : 7)) {
      case 0 -> equal(label, value);
      case 1 -> matches(label, value + "|v0|w1");
      case 2 -> matches(label, "[vw][1-" + (1 + random.nextInt(3)) + "]");
      case 3 -> new LabelMatcher.NotEqual(label, value);
      case 4 -> new LabelMatcher.NotMatches(label, AnchoredRegex.compile("v[0-1]"));
      case 5 -> equal(label, "");
      default -> matches(label, "v.*|");
    };
  }

  @Test
  void tenThousandSilencesDoNotSlowAlertsDown() {
    state.write(tables -> {
      for (int i = 0; i < 10_000; i++) {
        tables
            .silences()
            .put(
                TenantId.DEFAULT,
                new StoredSilences.Row(
                    "id" + i,
                    i % 2 == 0
                        ? "[[\"instance\",\"=\",\"host-%d\"],[\"job\",\"=\",\"a\"]]".formatted(i)
                        : "[[\"instance\",\"=~\",\"host-%d(a|b)*\"]]".formatted(i),
                    START,
                    START + seconds(60),
                    START,
                    "",
                    "",
                    Labels.EMPTY,
                    "",
                    Long.MAX_VALUE));
      }
    });
    silences = silences(SilenceLimits.DEFAULT);
    silences.start();
    for (int round = 0; round < 50; round++) {
      for (int i = 0; i < 500; i++) {
        Labels alert = Labels.of("alertname", "A" + i, "instance", "host-" + i, "job", "a");
        assertThat(silences.silencing(alert, now())).containsExactly("id" + i);
      }
    }
  }

  @Test
  void answersWhileOthersChangeSilences() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> changes = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        int thread = t;
        changes.add(
            threads.submit(() -> {
              for (int i = 0; i < 60; i++) {
                String id =
                    silences.set(silence("", 0, 600, matches("job", "a|x" + thread + "-" + i)));
                if (i % 2 == 0) {
                  silences.expire(id);
                }
              }
              return null;
            }));
      }
      while (changes.stream().anyMatch(f -> !f.isDone())) {
        assertThat(silencing()).hasSizeLessThanOrEqualTo(62);
      }
      for (Future<?> change : changes) {
        var _ = change.get();
      }
    }
    assertThat(silencing()).hasSize(60);
  }
}
