package io.ghostworks.collector.generator;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest values of series as they were stored before the process started. */
final class RestoredSamples {

  private final Map<Labels, Double> values;

  private RestoredSamples(Map<Labels, Double> values) {
    this.values = values;
  }

  /** Nothing was stored. */
  static RestoredSamples none() {
    return new RestoredSamples(new HashMap<>());
  }

  /** The last float sample of each series of a batch, unless it ended the series. */
  static RestoredSamples of(SeriesBatch stored) {
    Map<Labels, Double> values = new HashMap<>();
    for (int row = 0; row < stored.rows(); row++) {
      Labels labels = stored.sets().labels(stored.set(row));
      if (stored.isHistogram(row) || Samples.isStale(stored.valueBits(row))) {
        values.remove(labels);
      } else {
        values.put(labels, Double.longBitsToDouble(stored.valueBits(row)));
      }
    }
    return new RestoredSamples(values);
  }

  @Nullable Double value(Labels labels) {
    return values.get(labels);
  }

  /** Nobody asks any more. */
  void clear() {
    values.clear();
  }
}
