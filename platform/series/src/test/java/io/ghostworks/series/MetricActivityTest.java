package io.ghostworks.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricActivityTest {
  private static final long HOUR_MS = 3_600_000;
  private static final TenantId A = new TenantId("a");
  private static final TenantId B = new TenantId("b");

  private final MetricActivity activity = new MetricActivity(2);

  @Test
  void countsWhatBeganAndEndedInEachHour() {
    activity.began(A, "m", 0);
    activity.began(A, "m", 10);
    activity.began(A, "m", 2 * HOUR_MS);
    activity.ended(A, "m", 2 * HOUR_MS + 1);
    activity.restored(A, "m", 3 * HOUR_MS);
    SeriesChurn.Metric told = activity.churn(A, 10, 3 * HOUR_MS).metrics().getFirst();
    assertThat(told.active()).isEqualTo(3);
    assertThat(told.began()).isEqualTo(List.of(0, 1, 0, 2, 0, 0));
    assertThat(told.ended()).isEqualTo(List.of(0, 1, 0, 0, 0, 0));
    assertThat(activity.churn(A, 10, 3 * HOUR_MS).hourStartsMs().getFirst()).isEqualTo(3 * HOUR_MS);
    assertThat(activity.churn(A, 10, 20 * HOUR_MS).metrics().getFirst().changes()).isZero();
  }

  @Test
  void countsMetricsBeyondItsBoundTogether() {
    activity.began(A, "one", 0);
    activity.began(B, "two", 0);
    activity.began(A, "three", 0);
    activity.began(A, "four", 0);
    assertThat(activity.active(A, "one")).isEqualTo(1);
    assertThat(activity.active(A, "three")).isEqualTo(-1);
    assertThat(activity.active(B, "three")).isZero();
    SeriesChurn.Metric others = activity.churn(A, 10, 0).others();
    assertThat(others).isNotNull();
    activity.ended(A, "three", 0);
    assertThat(activity.churn(A, 10, 0).others()).extracting("active").isEqualTo(1);
    assertThat(activity.churn(B, 10, 0).others()).isNull();
  }

  @Test
  void forgetsMetricsWhoseSeriesEndedHoursAgo() {
    activity.began(A, "one", 0);
    activity.began(A, "two", 0);
    activity.ended(A, "one", HOUR_MS);
    activity.ended(A, "two", HOUR_MS);
    activity.began(B, "three", 8 * HOUR_MS);
    assertThat(activity.churn(A, 10, 8 * HOUR_MS).metrics()).isEmpty();
    assertThat(activity.active(B, "three")).isEqualTo(1);
  }
}
