package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.alertmanager.api.AlertFilter;
import io.ghostworks.alertmanager.api.AlertmanagerApi;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertingTest {

  private static final long LOW_BYTES = 100L << 20;
  private static final String RULES =
      """
      groups:
        - name: g
          interval: 15s
          rules:
            - {record: "job:up", expr: up}
            - {alert: Down, expr: up == 0}
      """;

  @TempDir Path folder;

  @Test
  void aRuleIsEvaluatedWhileUsersQueriesHaveUsedUpTheirMemory() throws Exception {
    try (AlertingBench bench = new AlertingBench(folder, RULES)) {
      bench.offer(0, "__name__", "up", "job", "api").join();
      assertThat(bench.queries().tryReserve(bench.queries().limitBytes())).isTrue();
      assertThatThrownBy(() -> bench.results("up")).isInstanceOf(OverloadedException.class);
      bench.slots(1);
      assertThat(bench.rule("Down").state()).isEqualTo("firing");
      assertThat(bench.rule("Down").health()).isEqualTo("ok");
      assertThat(Thread.getAllStackTraces().keySet())
          .as("rules have threads of their own")
          .anyMatch(thread -> thread.getName().equals("rules-1") && !thread.isVirtual());
      bench.queries().release(bench.queries().limitBytes());
      assertThat(bench.results("job:up")).isEqualTo(1);
    }
  }

  @Test
  void atLowDiskTelemetryIsRefusedWhileAlertsHoldAndRuleOutputGoesOn() throws Exception {
    try (AlertingBench bench = new AlertingBench(folder, RULES)) {
      bench.offer(0, "__name__", "up", "job", "api").join();
      bench.slots(1);
      assertThat(bench.rule("Down").state()).isEqualTo("firing");
      bench.files.freeBytes = LOW_BYTES;
      bench.slots(4);
      assertThatThrownBy(() -> bench.offer(1, "__name__", "up", "job", "api").join())
          .hasCauseInstanceOf(OverloadedException.class)
          .hasMessageContaining("is low");
      assertThat(bench.rule("GhostworksAlertsHeld").state()).isEqualTo("firing");
      assertThat(bench.results("count_over_time(job:up[2m]) >= 4"))
          .as("recording rules go on")
          .isEqualTo(1);
      bench.slots(22);
      assertThat(bench.results("up")).as("telemetry is out of sight").isZero();
      assertThat(bench.rule("Down").state()).isEqualTo("firing");
      assertThat(bench.rule("Down").lastError()).contains("the disk is low");
      assertThat(bench.results("ALERTS{alertname=\"Down\",alertstate=\"firing\"}")).isEqualTo(1);
      assertThat(told(bench)).containsExactlyInAnyOrder("Down", "GhostworksAlertsHeld");
      bench.files.freeBytes = 1L << 40;
      bench.slots(2);
      assertThat(bench.rule("Down").state()).as("until samples are back").isEqualTo("firing");
      bench.offer(1, "__name__", "up", "job", "api").join();
      bench.slots(9);
      assertThat(bench.rule("Down").state()).isEqualTo("inactive");
      assertThat(bench.rule("GhostworksAlertsHeld").state()).isEqualTo("inactive");
      assertThat(told(bench)).isEmpty();
    }
  }

  /** The names of the alerts that the notifications take for firing. */
  private static List<String> told(AlertingBench bench) {
    return bench.alerting().alertmanagers().api(TenantId.DEFAULT).alerts(AlertFilter.ALL).stream()
        .map(AlertmanagerApi.GettableAlert::labels)
        .map(labels -> labels.get("alertname"))
        .toList();
  }
}
