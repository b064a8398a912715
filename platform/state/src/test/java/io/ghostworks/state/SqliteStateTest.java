package io.ghostworks.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStateTest {

  private static final TenantId TENANT = TenantId.DEFAULT;

  @TempDir Path directory;

  @Test
  void keepsRuleAlertsOverARestart() {
    RuleAlerts.Row row = ruleAlert("up", "firing");
    try (State state = SqliteState.open(directory)) {
      state.write(tables -> tables.ruleAlerts().put(TENANT, row));
    }
    try (State state = SqliteState.open(directory)) {
      assertThat(read(state, t -> t.ruleAlerts().ofGroup(TENANT, "f;g"))).containsExactly(row);
      assertThat(read(state, t -> t.ruleAlerts().groups(TENANT))).containsExactly("f;g");
      assertThat(read(state, t -> t.ruleAlerts().groups(new TenantId("other")))).isEmpty();
    }
  }

  @Test
  void storesATransactionWhollyOrNotAtAll() {
    try (State state = SqliteState.open(directory)) {
      assertThatThrownBy(() ->
              state.write(tables -> {
                tables.ruleAlerts().put(TENANT, ruleAlert("up", "firing"));
                tables.receivedAlerts().put(TENANT, received());
                throw new IllegalArgumentException("stop");
              }))
          .hasMessage("stop");
      assertThat(read(state, t -> t.ruleAlerts().ofGroup(TENANT, "f;g"))).isEmpty();
      assertThat(read(state, t -> t.receivedAlerts().all(TENANT))).isEmpty();
    }
  }

  @Test
  void commitsWhatWaitsTogetherAndUndoesOnlyWhatFails() throws Exception {
    try (State state = SqliteState.open(directory);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      List<Future<?>> calls = new ArrayList<>();
      calls.add(
          callers.submit(() ->
              state.write(tables -> {
                begun.countDown();
                await(goOn); // the others wait meanwhile
              })));
      begun.await();
      for (int i = 0; i < 200; i++) {
        String name = "r" + i;
        calls.add(
            callers.submit(() ->
                state.write(tables -> {
                  tables.ruleAlerts().put(TENANT, ruleAlert(name, "firing"));
                  if (name.endsWith("7")) {
                    throw new IllegalArgumentException(name);
                  }
                })));
      }
      goOn.countDown();
      int failed = 0;
      for (Future<?> call : calls) {
        try {
          call.get();
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(IllegalArgumentException.class);
          failed++;
        }
      }
      assertThat(failed).isEqualTo(20);
      assertThat(read(state, t -> t.ruleAlerts().ofGroup(TENANT, "f;g")))
          .hasSize(180)
          .noneMatch(row -> row.rule().endsWith("7"));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void replacesAndRemovesReceivedAlertsByTheirLabels() {
    try (State state = SqliteState.open(directory)) {
      state.write(t -> t.receivedAlerts().put(TENANT, received()));
      state.write(t -> t.receivedAlerts().put(TENANT, received()));
      assertThat(read(state, t -> t.receivedAlerts().all(TENANT))).containsExactly(received());
      assertThat(read(state, t -> t.receivedAlerts().tenants())).containsExactly(TENANT);
      state.write(t -> t.receivedAlerts().remove(TENANT, received().labels()));
      assertThat(read(state, t -> t.receivedAlerts().all(TENANT))).isEmpty();
    }
  }

  @Test
  void remembersDeliveriesUntilTheyExpire() {
    NotificationLog.Entry entry =
        new NotificationLog.Entry(
            "{}:{}", "r/webhook/0", new long[] {-1, 5}, new long[0], 10, 20, Map.of("id", "5"));
    try (State state = SqliteState.open(directory)) {
      state.write(t -> t.notificationLog().put(TENANT, entry));
      state.write(t -> t.notificationLog().removeExpired(20));
      assertThat(
              read(
                  state,
                  t -> t.notificationLog().find(TENANT, "{}:{}", "r/webhook/0").stream().toList()))
          .containsExactly(entry);
      state.write(t -> t.notificationLog().removeExpired(21));
      assertThat(read(state, t -> t.notificationLog().all(TENANT))).isEmpty();
    }
  }

  @Test
  void aNewerNotificationOfAGroupReplacesThePendingOne() {
    try (State state = SqliteState.open(directory)) {
      long first = add(state, "g", 1);
      state.write(t -> t.outbox().retry(Outbox.Sent.alone(first), attempt(1, "refused")));
      long second = add(state, "g", 3);
      assertThat(read(state, t -> t.outbox().pending(TENANT)))
          .singleElement()
          .satisfies(row -> assertThat(row.id()).isEqualTo(second));
      state.write(t ->
          t.outbox()
              .end(Outbox.Sent.alone(second), Outbox.Condition.DELIVERED, attempt(1, ""), null));
      List<Outbox.Row> rows = newest(state, Outbox.Selection.ALL);
      assertThat(rows)
          .extracting(Outbox.Row::condition)
          .containsExactly(Outbox.Condition.DELIVERED, Outbox.Condition.REPLACED);
      assertThat(rows.getLast().error())
          .isEqualTo("replaced by a newer notification of its group; the last try said: refused");
      state.write(t -> t.outbox().trim(TENANT, 1, 0));
      assertThat(newest(state, Outbox.Selection.ALL))
          .extracting(Outbox.Row::id)
          .containsExactly(second);
      assertThat(read(state, t -> t.outbox().attempts(first))).isEmpty();
    }
  }

  @Test
  void aDigestEndsItsRowsTogetherAndKeepsTheNewestAttemptsOfItsCarrier() {
    try (State state = SqliteState.open(directory)) {
      long a = add(state, "a", 1);
      long b = add(state, "b", 2);
      Outbox.Sent sent = new Outbox.Sent(a, List.of(a, b));
      for (int i = 1; i <= Outbox.ATTEMPTS_MAX + 5; i++) {
        int number = i;
        state.write(t -> t.outbox().retry(sent, attempt(number, "busy")));
      }
      state.write(
          t -> t.outbox().end(sent, Outbox.Condition.DELIVERED, attempt(26, ""), new byte[] {9}));
      assertThat(newest(state, Outbox.Selection.ALL))
          .extracting(Outbox.Row::carrier, Outbox.Row::attempts)
          .containsExactly(tuple(a, 26), tuple(a, 26));
      assertThat(read(state, t -> t.outbox().attempts(a)))
          .hasSize(Outbox.ATTEMPTS_MAX)
          .last()
          .satisfies(attempt -> assertThat(attempt.number()).isEqualTo(26));
      assertThat(state.transaction(t -> t.outbox().payloads(List.of(a, b))).get(a))
          .containsExactly(9);
    }
  }

  @Test
  void selectsNotificationsByReceiverGroupTimeAndCondition() {
    try (State state = SqliteState.open(directory)) {
      long a = add(state, "a", 10);
      add(state, "b", 20);
      state.write(t -> t.outbox().drop(a, Outbox.Condition.FAILED, "no", 30));
      assertThat(newest(state, selection("", "", List.of(), 0, 15))).hasSize(1);
      assertThat(newest(state, selection("", "", List.of(), 11, 100)))
          .extracting(Outbox.Row::groupKey)
          .containsExactly("b");
      assertThat(newest(state, selection("", "", List.of(Outbox.Condition.FAILED), 0, 100)))
          .extracting(Outbox.Row::groupKey)
          .containsExactly("a");
      assertThat(newest(state, selection("nobody", "", List.of(), 0, 100))).isEmpty();
      assertThat(newest(state, selection("team", "b", List.of(), 0, 100))).hasSize(1);
      assertThat(newest(state, Outbox.Selection.ALL.before(a + 1)))
          .extracting(Outbox.Row::groupKey)
          .containsExactly("a");
      assertThat(read(state, t -> t.outbox().newest(new TenantId("x"), Outbox.Selection.ALL, 9)))
          .isEmpty();
    }
  }

  @Test
  void anIncidentKeepsItsAlertsAndABoundedTimeline() {
    try (State state = SqliteState.open(directory)) {
      long id =
          state.transaction(t ->
              t.incidents()
                  .begin(
                      TENANT,
                      new StoredIncidents.Begun(
                          "g", "team", Labels.of("a", "b"), "Up", "s", "critical", 5)));
      assertThat(
              state.<Boolean>transaction(t -> t.incidents().fire(id, 7, received()))
                  && !state.transaction(t -> t.incidents().fire(id, 7, received())))
          .isTrue();
      state.write(t -> t.incidents().update(id, 1, 6));
      state.write(t -> {
        t.incidents().add(id, event("opened", ""));
        t.incidents().add(id, event("comment", "me"));
        for (int i = 0; i < StoredIncidents.EVENTS_MAX + 10; i++) {
          t.incidents().add(id, event("fired", ""));
        }
      });
      List<StoredIncidents.Event> events =
          read(state, t -> t.incidents().events(id, 0, Integer.MAX_VALUE));
      assertThat(events).hasSize(StoredIncidents.EVENTS_MAX);
      assertThat(events.subList(0, 2))
          .extracting(StoredIncidents.Event::kind)
          .containsExactly("opened", "comment");
      long[] firing = state.transaction(t -> t.incidents().firingHashes(id));
      assertThat(firing).containsExactly(7);
      state.write(t -> t.incidents().end(id, 9));
      StoredIncidents.Row row =
          state.transaction(t -> t.incidents().find(TENANT, id)).orElseThrow();
      assertThat(row.isOpen()).isFalse();
      assertThat(row.alerts()).isEqualTo(1);
      assertThat(read(state, t -> t.incidents().open(TENANT))).isEmpty();
      state.write(t -> t.incidents().trim(TENANT, 10, 10));
      assertThat(read(state, t -> t.incidents().newest(TENANT, StoredIncidents.Selection.ALL, 10)))
          .isEmpty();
      assertThat(read(state, t -> t.incidents().alerts(id, 10))).isEmpty();
    }
  }

  @Test
  void remembersWhoHasSeenAGroup() {
    Acknowledgements.Row row =
        new Acknowledgements.Row("g", 1, "me", "on it", 2, 3, new long[] {-4, 5});
    try (State state = SqliteState.open(directory)) {
      state.write(t -> t.acknowledgements().put(TENANT, row));
      Optional<Acknowledgements.Row> found =
          state.transaction(t -> t.acknowledgements().find(TENANT, "g"));
      assertThat(found).contains(row);
      assertThat(read(state, t -> t.acknowledgements().all(TENANT))).containsExactly(row);
      state.write(t -> t.acknowledgements().remove(TENANT, "g"));
      assertThat(read(state, t -> t.acknowledgements().all(TENANT))).isEmpty();
    }
  }

  private static StoredIncidents.Event event(String kind, String author) {
    return new StoredIncidents.Event(0, 1, kind, author, "", 0);
  }

  private static long add(State state, String group, long atNanos) {
    return state.transaction(t -> t.outbox().add(TENANT, added(group, atNanos)));
  }

  static Outbox.Added added(String group, long atNanos) {
    return new Outbox.Added(
        group, "team/webhook[0]", "team", Labels.EMPTY, "r", 1, 0, 1, "k", new byte[] {1}, atNanos);
  }

  private static Outbox.Attempt attempt(int number, String error) {
    return new Outbox.Attempt(number, 40, 1, error, 0, new byte[0]);
  }

  private static List<Outbox.Row> newest(State state, Outbox.Selection selection) {
    return read(state, t -> t.outbox().newest(TENANT, selection, 100));
  }

  private static Outbox.Selection selection(
      String receiver, String group, List<Outbox.Condition> conditions, long from, long to) {
    return new Outbox.Selection(Long.MAX_VALUE, receiver, group, conditions, from, to);
  }

  @Test
  void keepsTheNewestPositionOfEachReader() {
    try (State state = SqliteState.open(directory)) {
      state.write(t -> t.readerPositions().put("a", 1));
      state.write(t -> t.readerPositions().put("a", 2));
      state.write(t -> t.readerPositions().put("b", 3));
      state.write(t -> t.readerPositions().put("c", 4));
      state.write(t -> t.readerPositions().remove("c"));
    }
    try (State state = SqliteState.open(directory)) {
      Map<String, Long> positions = state.transaction(t -> t.readerPositions().all());
      assertThat(positions).isEqualTo(Map.of("a", 2L, "b", 3L));
    }
  }

  @Test
  void keepsSilencesUntilTheyExpire() {
    StoredSilences.Row row = silence("a", 20);
    try (State state = SqliteState.open(directory)) {
      state.write(t -> t.silences().put(TENANT, silence("a", 10)));
      state.write(t -> t.silences().put(TENANT, row));
      state.write(t -> t.silences().put(TENANT, silence("b", 5)));
      state.write(t -> t.silences().removeExpired(new TenantId("other"), 100));
    }
    try (State state = SqliteState.open(directory)) {
      state.write(t -> t.silences().removeExpired(TENANT, 19));
      assertThat(read(state, t -> t.silences().all(TENANT))).containsExactly(row);
      assertThat(read(state, t -> t.silences().tenants())).containsExactly(TENANT);
      assertThat(read(state, t -> t.silences().all(new TenantId("other")))).isEmpty();
      state.write(t -> t.silences().removeExpired(TENANT, 20));
      assertThat(read(state, t -> t.silences().all(TENANT))).isEmpty();
    }
  }

  @Test
  void keepsTheNewestVersionsOfATenantsConfiguration() {
    try (State state = SqliteState.open(directory)) {
      for (int i = 1; i <= 4; i++) {
        String text = "version " + i;
        long created = i;
        long version =
            state.transaction(
                t -> t.alertmanagerConfigurations().put(TENANT, text, "{}", created, 3));
        assertThat(version).isEqualTo(i);
      }
      assertThat(read(state, t -> t.alertmanagerConfigurations().versions(TENANT)))
          .extracting(AlertmanagerConfigurations.Row::configuration)
          .containsExactly("version 4", "version 3", "version 2");
      state.write(t -> t.alertmanagerConfigurations().delete(TENANT, 9));
      state.write(t -> t.alertmanagerConfigurations().delete(TENANT, 10));
      assertThat(read(state, t -> t.alertmanagerConfigurations().current(TENANT).stream().toList()))
          .isEmpty();
      assertThat(read(state, t -> t.alertmanagerConfigurations().versions(TENANT)))
          .extracting(AlertmanagerConfigurations.Row::version)
          .containsExactly(5L, 4L, 3L, 2L);
      assertThat(read(state, t -> t.alertmanagerConfigurations().tenants()))
          .containsExactly(TENANT);
    }
  }

  @Test
  void growsItsFilesBeforehandAndKeepsTheJournal() throws IOException {
    try (State state = SqliteState.open(directory)) {
      state.write(t -> t.ruleAlerts().put(TENANT, ruleAlert("up", "pending")));
      assertThat(Files.size(directory.resolve("state/ghostworks.db"))).isGreaterThan(4 << 20);
      assertThat(Files.size(directory.resolve("state/ghostworks.db-journal")))
          .isGreaterThan(1 << 20);
    }
  }

  @Test
  void refusesAFileOfANewerVersionWithASentence() throws Exception {
    SqliteState.open(directory).close();
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(SqliteState.FILE));
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> SqliteState.open(directory))
        .isInstanceOf(StateException.class)
        .hasMessageContaining(
            "has version 99, and this program knows versions up to " + SqliteMigration.VERSION);
  }

  @Test
  void refusesADamagedFileWithASentence() throws IOException {
    Path file = directory.resolve(SqliteState.FILE);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "this is no database, it is a text that is long enough".repeat(50));
    assertThatThrownBy(() -> SqliteState.open(directory))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void knowsTheVersionOfItsNewestMigration() throws Exception {
    Path migrations = Path.of(SqliteState.class.getResource("migration").toURI());
    try (Stream<Path> files = Files.list(migrations)) {
      assertThat(
              files
                  .map(f -> f.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"))
                  .mapToInt(Integer::parseInt)
                  .max())
          .hasValue(SqliteMigration.VERSION);
    }
  }

  @Test
  void whatWasStoredSurvivesAKill() throws Exception {
    Path told = directory.resolve("told");
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StateWriter.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(told.toFile())
            .start();
    while (writer.isAlive() && Files.size(told) < 200) {
      Thread.onSpinWait();
    }
    writer.destroyForcibly();
    writer.waitFor();
    List<String> lines = Files.readAllLines(told);
    assertThat(lines).hasSizeGreaterThan(20);
    long last = lines.size() - 1L;
    try (State state = SqliteState.open(directory)) {
      long alert =
          read(state, t -> t.ruleAlerts().ofGroup(TENANT, "f;g")).getFirst().activeAtNanos();
      long outbox = newest(state, Outbox.Selection.ALL).getFirst().createdAtNanos();
      assertThat(alert).isBetween(last, last + 2);
      assertThat(outbox).as("stored together").isEqualTo(alert);
    }
  }

  private static <T> List<T> read(State state, State.Work<List<T>> work) {
    return state.transaction(work);
  }

  static RuleAlerts.Row ruleAlert(String rule, String condition) {
    return new RuleAlerts.Row(
        "f;g",
        rule,
        Labels.of("alertname", "Up", "job", "é"),
        Labels.of("summary", "s"),
        condition,
        Double.NaN,
        1,
        2,
        3,
        4,
        5,
        Long.MAX_VALUE);
  }

  private static StoredSilences.Row silence(String id, long expiresAtNanos) {
    return new StoredSilences.Row(
        id, "[]", 1, 2, 3, "me", "why", Labels.of("k", "v"), "", expiresAtNanos);
  }

  private static ReceivedAlerts.Row received() {
    return new ReceivedAlerts.Row(
        Labels.of("alertname", "Up"), Labels.of("summary", "s"), 1, 2, 3, true, "http://g");
  }
}
