package io.ghostworks.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JournalMetricsTest {
  private final PlatformMetrics metrics = new PlatformMetrics();

  private Map<String, Double> read() {
    Map<String, Double> samples = new HashMap<>();
    metrics.read(
        new PlatformMetrics.Reader() {
          @Override
          public void family(String name, String help, MetricType type) {}

          @Override
          public void sample(String name, Labels labels, double value) {
            if (!name.endsWith("_bucket")) {
              assertThat(labels).isEqualTo(Labels.of("engine", "series"));
              samples.put(name, value);
            }
          }
        });
    return samples;
  }

  @Test
  void showsTheJournalsCounts() throws IOException {
    JournalFixture fixture = new JournalFixture(1);
    JournalMetrics shown = new JournalMetrics("series", metrics, JournalListener.NONE);
    JournalEnvironment environment =
        new JournalEnvironment(
            fixture.files,
            fixture.time,
            fixture.random,
            fixture.disk,
            fixture.memory,
            Runnable::run);
    try (FileJournal journal =
        FileJournal.open(environment, JournalFixture.DIRECTORY, fixture.options, shown)) {
      shown.watch(journal);
      journal.replay(0, new JournalFixture.TextHandler(fixture.applied));
      fixture.append(journal, "a");
      journal.drive();

      assertThat(read())
          .containsEntry("ghostworks_journal_bytes", (double) journal.bytes())
          .containsEntry("ghostworks_journal_frames_set_aside_total", 0.0)
          .containsEntry("ghostworks_journal_frames_damaged_total", 0.0)
          .containsEntry("ghostworks_journal_segments_failed_total", 0.0);
      assertThat(journal.bytes()).isPositive();
    }
  }

  @Test
  void observesFsyncsAndPassesThemOn() {
    AtomicLong heard = new AtomicLong();
    JournalListener engine =
        new JournalListener() {
          @Override
          public void committed(int frames, long payloadBytes, long forceNanos) {
            heard.addAndGet(frames);
          }
        };
    JournalMetrics shown = new JournalMetrics("series", metrics, engine);

    shown.committed(3, 100, 2_000_000);
    shown.committed(4, 100, 0);

    assertThat(heard).hasValue(7);
    assertThat(read())
        .containsEntry("ghostworks_journal_fsync_seconds_count", 1.0)
        .containsEntry("ghostworks_journal_fsync_seconds_sum", 0.002);
  }
}
