package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.nio.file.Path;

/** Writes an alert and an outbox row in each transaction and tells what is stored, until killed. */
final class StateWriter {

  private StateWriter() {}

  public static void main(String[] args) {
    try (State state = SqliteState.open(Path.of(args[0]))) {
      for (long i = 1; i < 1_000_000; i++) {
        long number = i;
        state.write(tables -> {
          tables
              .ruleAlerts()
              .put(
                  TenantId.DEFAULT,
                  new RuleAlerts.Row(
                      "f;g",
                      "r",
                      Labels.of("a", "b"),
                      Labels.EMPTY,
                      "firing",
                      1,
                      number,
                      0,
                      0,
                      0,
                      0,
                      0));
          tables.outbox().add(TenantId.DEFAULT, SqliteStateTest.added("g", number));
        });
        System.out.println(number);
      }
    }
  }
}
