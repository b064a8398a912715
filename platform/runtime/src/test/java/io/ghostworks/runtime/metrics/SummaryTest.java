package io.ghostworks.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.runtime.time.SimulatedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);

  @Test
  void givesQuantilesToWithinAFewPercent() {
    Summary summary = new Summary(time, 0.5, 0.99);
    for (int i = 1; i <= 1000; i++) {
      summary.observe(i / 1e3);
    }
    assertThat(summary.quantile(0.5)).isCloseTo(0.5, within(0.0125));
    assertThat(summary.quantile(0.99)).isCloseTo(0.99, within(0.025));
  }

  @Test
  void forgetsAfterTenMinutesButKeepsSumAndCount() {
    Summary summary = new Summary(time, 0.5);
    summary.observe(2);
    time.advance(Duration.ofMinutes(11));
    assertThat(summary.quantile(0.5)).isNaN();
    summary.observe(3);
    List<String> samples = new ArrayList<>();
    summary.read(
        "x",
        Labels.EMPTY,
        new PlatformMetrics.Reader() {
          @Override
          public void family(String name, String help, MetricType type) {}

          @Override
          public void sample(String name, Labels labels, double value) {
            samples.add(name + labels + " " + Math.round(value));
          }
        });
    assertThat(samples).containsExactly("x{quantile=\"0.5\"} 3", "x_sum{} 5", "x_count{} 2");
  }
}
