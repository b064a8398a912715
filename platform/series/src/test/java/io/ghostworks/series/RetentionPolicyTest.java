package io.ghostworks.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.RetentionPolicy.Durations;
import io.ghostworks.series.RetentionPolicy.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RetentionPolicyTest {
  private static final TenantId A = new TenantId("a");
  private static final TenantId B = new TenantId("b");
  private static final Labels DEBUG = Labels.of("__name__", "debug");

  private final RetentionPolicy policy =
      RetentionPolicy.defaults()
          .withRules(
              List.of(
                  rule(Optional.of(A), "debug", 2),
                  rule(Optional.empty(), "debug", 7),
                  new Rule(Optional.of(B), List.of(), days(90)),
                  rule(Optional.of(B), "other", 1)));

  @Test
  void theFirstRuleThatMatchesDecides() {
    assertThat(policy.of(A, DEBUG).raw()).isEqualTo(Duration.ofDays(2));
    assertThat(policy.of(B, DEBUG).raw()).isEqualTo(Duration.ofDays(7));
    assertThat(policy.of(B, Labels.of("__name__", "other")).raw()).isEqualTo(Duration.ofDays(90));
    assertThat(policy.of(A, Labels.of("__name__", "other")))
        .isEqualTo(RetentionPolicy.defaults().standard());
  }

  @Test
  void theBoundsOfATenantCountNoRuleBehindOneThatMatchesAll() {
    assertThat(policy.longest(A).raw()).isEqualTo(Duration.ofDays(30));
    assertThat(policy.shortest(A).raw()).isEqualTo(Duration.ofDays(2));
    assertThat(policy.longest(B).raw()).isEqualTo(Duration.ofDays(90));
    assertThat(policy.shortest(B).raw()).isEqualTo(Duration.ofDays(7));
    assertThat(policy.longest(A).fiveMinutes()).isEqualTo(Duration.ofDays(365));
  }

  @Test
  void refusesLessThanAnHour() {
    assertThatThrownBy(() -> RetentionPolicy.ofRaw(Duration.ofMinutes(59)))
        .hasMessageContaining("must be at least 1h");
  }

  private static Rule rule(Optional<TenantId> tenant, String name, int days) {
    return new Rule(tenant, List.of(new LabelMatcher.Equal("__name__", name)), days(days));
  }

  private static Durations days(int days) {
    Duration duration = Duration.ofDays(days);
    return new Durations(duration, duration, duration);
  }
}
