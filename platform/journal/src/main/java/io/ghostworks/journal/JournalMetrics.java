package io.ghostworks.journal;

import io.ghostworks.journal.segment.DamagedFrames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.io.IOException;
import java.util.function.ToDoubleFunction;

/**
 * Shows one journal as metrics with the label {@code engine}: {@code
 * ghostworks_journal_fsync_seconds} of its group commits, and what {@link Journal#statistics}
 * counts. Passes everything on to the engine's own listener. Thread-safe.
 */
public final class JournalMetrics implements JournalListener {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PlatformMetrics metrics;
  private final Labels labels;
  private final JournalListener engine;
  private final PlatformMetrics.Histogram fsync;

  /**
   * @param name the engine, as value of the label
   * @param engine hears what this hears
   */
  public JournalMetrics(String name, PlatformMetrics metrics, JournalListener engine) {
    this.metrics = metrics;
    this.labels = Labels.of("engine", name);
    this.engine = engine;
    this.fsync =
        metrics.histogram(
            "ghostworks_journal_fsync_seconds",
            "How long the journal's group commits waited for the disk.",
            labels,
            0.0005,
            0.001,
            0.0025,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5);
  }

  /** Shows the counts of the journal that this listens to, from now on. */
  public void watch(Journal journal) {
    metrics.gauge(
        "ghostworks_journal_bytes", "Size of the journal's files.", labels, journal::bytes);
    counter(
        journal,
        "ghostworks_journal_frames_set_aside_total",
        "Frames on which the engine failed twice, those kept from earlier runs included.",
        JournalStatistics::framesSetAside);
    counter(
        journal,
        "ghostworks_journal_frames_damaged_total",
        "Acknowledged frames that could not be read again.",
        JournalStatistics::framesDamaged);
    counter(
        journal,
        "ghostworks_journal_segments_failed_total",
        "Segments closed for good after a failed write or fsync.",
        JournalStatistics::segmentsFailed);
  }

  private void counter(
      Journal journal, String name, String help, ToDoubleFunction<JournalStatistics> value) {
    metrics.counterOf(name, help, labels, () -> value.applyAsDouble(journal.statistics()));
  }

  @Override
  public void flushWanted(long throughSequence) {
    engine.flushWanted(throughSequence);
  }

  /** A commit without an fsync, where they come by an interval, is not observed. */
  @Override
  public void committed(int frames, long payloadBytes, long forceNanos) {
    if (forceNanos > 0) {
      fsync.observe(forceNanos / NANOS_PER_SECOND);
    }
    engine.committed(frames, payloadBytes, forceNanos);
  }

  @Override
  public void segmentFailed(long segment, IOException cause) {
    engine.segmentFailed(segment, cause);
  }

  @Override
  public void setAside(long sequence, Throwable cause) {
    engine.setAside(sequence, cause);
  }

  @Override
  public void damaged(DamagedFrames frames) {
    engine.damaged(frames);
  }

  @Override
  public void upkeepFailed(IOException cause) {
    engine.upkeepFailed(cause);
  }
}
