package io.ghostworks.bench.kernel;

import io.ghostworks.alertmanager.silence.SilenceLimits;
import io.ghostworks.alertmanager.silence.Silences;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.StoredSilences;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Which of 10,000 silences hold an alert, half of them by a name, half by a regular expression: of
 * alerts that were asked about before, and looking all up; nanoseconds an alert.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SilencedAlerts {

  private static final int SILENCES = 10_000;
  private static final int ALERTS = 1_000;
  private static final long NOW_NANOS = 1_800_000_000_000_000_000L;

  private final Workspace workspace = Workspace.create();
  private final SqliteState state = SqliteState.open(workspace.folder());
  private final Labels[] alerts = new Labels[ALERTS];
  private final Silences silences;

  public SilencedAlerts() {
    state.write(tables -> {
      for (int i = 0; i < SILENCES; i++) {
        tables.silences().put(Workspace.TENANT, silence(i));
      }
    });
    silences =
        new Silences(
            Workspace.TENANT,
            state,
            new SimulatedTime(NOW_NANOS / 1_000_000),
            new Random(1),
            SilenceLimits.DEFAULT);
    silences.start();
    for (int i = 0; i < ALERTS; i++) {
      alerts[i] =
          Labels.of(
              "alertname", "Down", "instance", "host-" + i, "job", "api", "zone", "z" + i % 3);
    }
  }

  private static StoredSilences.Row silence(int number) {
    String matcher =
        number % 2 == 0
            ? "[\"instance\",\"=\",\"host-%d\"]".formatted(number)
            : "[\"instance\",\"=~\",\"host-%d[0-9]*\"]".formatted(number);
    return new StoredSilences.Row(
        "%036d".formatted(number),
        "[%s,[\"job\",\"=\",\"api\"]]".formatted(matcher),
        NOW_NANOS - 1,
        NOW_NANOS + 3_600_000_000_000L,
        NOW_NANOS - 1,
        "me",
        "why",
        Labels.EMPTY,
        "",
        Long.MAX_VALUE);
  }

  @Benchmark
  @OperationsPerInvocation(ALERTS)
  public int askedBefore() {
    int holding = 0;
    for (Labels alert : alerts) {
      holding += silences.silencing(alert, NOW_NANOS).size();
    }
    return holding;
  }

  @Benchmark
  @OperationsPerInvocation(ALERTS)
  public int lookedUp() {
    int holding = 0;
    for (Labels alert : alerts) {
      holding += silences.silencingAt(alert, NOW_NANOS).size();
    }
    return holding;
  }

  @TearDown
  public void close() throws IOException {
    state.close();
    workspace.close();
  }
}
