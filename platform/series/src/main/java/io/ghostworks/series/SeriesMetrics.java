package io.ghostworks.series;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.function.ToDoubleFunction;

/** The engine's own metrics that are read when they are asked for. */
final class SeriesMetrics {
  private SeriesMetrics() {}

  static void register(SeriesEngine engine, PlatformMetrics metrics) {
    gauge(
        engine,
        metrics,
        "ghostworks_series_head_series",
        "Series of the current head generation.",
        s -> s.headSeries());
    gauge(
        engine,
        metrics,
        "ghostworks_series_head_samples",
        "Samples that are not in a part yet.",
        s -> s.headSamples());
    gauge(
        engine,
        metrics,
        "ghostworks_series_head_bytes",
        "Memory taken by the newest samples.",
        s -> s.headBytes());
    gauge(engine, metrics, "ghostworks_series_parts", "Parts of series on disk.", s -> s.parts());
    gauge(
        engine,
        metrics,
        "ghostworks_series_part_bytes",
        "Size of the parts of series on disk.",
        s -> s.partBytes());
  }

  /** Registers what is said of deletes. */
  static void registerTombstones(LiveLayers live, PlatformMetrics metrics) {
    metrics.gauge(
        "ghostworks_series_tombstones",
        "Deletes of series whose samples are not all removed from disk.",
        Labels.EMPTY,
        () -> live.current().tombstones().all().size());
  }

  /** Registers what is said of the times whose changes are remembered. */
  static void registerChanges(ChangedTimes changes, PlatformMetrics metrics) {
    metrics.gauge(
        "ghostworks_series_changed_times",
        "Pieces of time of which is remembered when their samples changed last.",
        Labels.EMPTY,
        changes::pieces);
  }

  private static void gauge(
      SeriesEngine engine,
      PlatformMetrics metrics,
      String name,
      String help,
      ToDoubleFunction<SeriesStatistics> value) {
    metrics.gauge(
        name,
        help,
        Labels.EMPTY,
        () -> engine.ready() ? value.applyAsDouble(engine.statistics()) : 0);
  }
}
