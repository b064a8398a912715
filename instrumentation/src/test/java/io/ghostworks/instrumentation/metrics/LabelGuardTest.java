package io.ghostworks.instrumentation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelGuardTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final LabelGuards guards = new LabelGuards(registry);

  @Test
  void letsTheFirstValuesPassAndFoldsTheOthers() {
    LabelGuard guard = guards.guard("tenant_id", 2);
    assertThat(guard.admit("a")).isEqualTo("a");
    assertThat(guard.admit("b")).isEqualTo("b");
    assertThat(guard.admit("c")).isEqualTo(LabelGuard.OVERFLOW);
    assertThat(guard.admit("a")).isEqualTo("a");
    assertThat(page()).contains("telemetry_label_values_refused_total{label=\"tenant_id\"} 1.0");
  }

  @Test
  void givesAMissingValueANameOfItsOwn() {
    assertThat(guards.guard("tenant_id", 1).admit(null)).isEqualTo(LabelGuard.NONE);
  }

  @Test
  void aBusinessGaugeAddsWhatTheGuardFoldsTogether() {
    BusinessMetrics business =
        new BusinessMetrics(
            registry, guards, guards.guard("tenant_id", 1), new Callbacks(registry));
    business.gauge(
        "active_users_current",
        "Currently active users",
        List.of("tenant_id"),
        () -> {
          Map<List<String>, Double> values = new java.util.LinkedHashMap<>();
          values.put(List.of("a"), 1.0);
          values.put(List.of("b"), 2.0);
          values.put(List.of("c"), 3.0);
          return values;
        });
    assertThat(page())
        .contains("active_users_current{tenant_id=\"a\"} 1.0")
        .contains("active_users_current{tenant_id=\"_other\"} 5.0");
  }

  @Test
  void countsABusinessEventPerTenant() {
    BusinessMetrics business =
        new BusinessMetrics(
            registry, guards, guards.guard("tenant_id", 10), new Callbacks(registry));
    business.tenantCounter("artifacts_created_total", "Total artifacts created").increment("acme");
    assertThat(page()).contains("artifacts_created_total{tenant_id=\"acme\"} 1.0");
  }

  @Test
  void aGaugeThatCannotBeReadIsLeftOutAndCounted() {
    BusinessMetrics business =
        new BusinessMetrics(
            registry, guards, guards.guard("tenant_id", 10), new Callbacks(registry));
    business.gauge(
        "broken",
        "Cannot be read",
        List.of(),
        () -> {
          throw new IllegalStateException("the database is gone");
        });
    business.tenantCounter("fine_total", "Can be read").increment("acme");
    assertThat(page()).contains("fine_total{tenant_id=\"acme\"} 1.0").doesNotContain("\nbroken ");
    assertThat(page()).contains("telemetry_gauge_failures_total{metric=\"broken\"}");
  }

  private String page() {
    return new String(new MetricsPage(registry).render(null).body(), StandardCharsets.UTF_8);
  }
}
