package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import java.nio.file.Path;

/** Adds notifications until the state refuses one, and tells of each that is stored. */
final class OutboxWriter {

  private OutboxWriter() {}

  public static void main(String[] args) {
    try (State state = SqliteState.open(Path.of(args[0]))) {
      for (int i = 0; i < 100_000; i++) {
        String group = "g" + i;
        state.write(tables ->
            tables
                .outbox()
                .add(
                    TenantId.DEFAULT,
                    new Outbox.Added(
                        group,
                        "team/webhook[0]",
                        "team",
                        Labels.EMPTY,
                        "new alerts added",
                        1,
                        0,
                        1,
                        "key",
                        new byte[4 << 10],
                        1)));
        System.out.println("stored " + group);
      }
    } catch (StateException e) {
      System.out.println("refused");
    }
  }
}
