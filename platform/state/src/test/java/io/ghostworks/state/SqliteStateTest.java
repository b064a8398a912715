package io.ghostworks.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
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
        new NotificationLog.Entry("{}:{}", "r/webhook/0", new long[] {-1, 5}, new long[0], 10, 20);
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
      long first = state.transaction(t -> t.outbox().add(TENANT, "g", "r", new byte[] {1}, 1));
      state.write(t -> t.outbox().retry(first, 2, "refused", 2));
      long second = state.transaction(t -> t.outbox().add(TENANT, "g", "r", new byte[] {2}, 3));
      assertThat(read(state, t -> t.outbox().pending()))
          .singleElement()
          .satisfies(row -> assertThat(row.id()).isEqualTo(second));
      state.write(t -> t.outbox().end(second, Outbox.Condition.DELIVERED, 1, "", 4));
      assertThat(read(state, t -> t.outbox().recent(TENANT, 10)))
          .extracting(Outbox.Row::condition)
          .containsExactly(Outbox.Condition.DELIVERED, Outbox.Condition.REPLACED);
      state.write(t -> t.outbox().trim(1));
      assertThat(read(state, t -> t.outbox().recent(TENANT, 10)))
          .extracting(Outbox.Row::id)
          .containsExactly(second);
    }
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
        .hasMessageContaining("has version 99, and this program knows versions up to 2");
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
      long outbox = read(state, t -> t.outbox().pending()).getLast().createdAtNanos();
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

  private static ReceivedAlerts.Row received() {
    return new ReceivedAlerts.Row(
        Labels.of("alertname", "Up"), Labels.of("summary", "s"), 1, 2, 3, true, "http://g");
  }
}
