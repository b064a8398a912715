package io.ghostworks.scrape;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.SeriesBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The rows of one scrape until it is certain that they count. Reused from scrape to scrape; not
 * thread-safe.
 */
final class ScrapedRows {
  private static final int FLOAT = -1;

  private final IntColumn sets = new IntColumn();
  private final LongColumn timestampsMs = new LongColumn();
  private final LongColumn valueBits = new LongColumn();
  private final IntColumn histogramOfRow = new IntColumn();
  private final List<FloatHistogram> histograms = new ArrayList<>();
  private final LongColumn startsMs = new LongColumn();
  private final IntColumn exemplarSets = new IntColumn();
  private final List<Exemplar> exemplars = new ArrayList<>();
  private final Map<String, MetricMetadata> metadata = new LinkedHashMap<>();

  void add(int set, long timestampMs, long bits) {
    sets.add(set);
    timestampsMs.add(timestampMs);
    valueBits.add(bits);
    histogramOfRow.add(FLOAT);
    startsMs.add(0);
  }

  void add(int set, long timestampMs, FloatHistogram histogram) {
    add(set, timestampMs, 0);
    histogramOfRow.set(sets.size() - 1, histograms.size());
    histograms.add(histogram);
  }

  /** Says when the counter or histogram of the row added last began. */
  void startOfLast(long startMs) {
    startsMs.set(startsMs.size() - 1, startMs);
  }

  void addExemplar(int set, Exemplar exemplar) {
    exemplarSets.add(set);
    exemplars.add(exemplar);
  }

  void addMetadata(String family, MetricMetadata about) {
    metadata.put(family, about);
  }

  int size() {
    return sets.size();
  }

  /** Keeps the rows whose set passes; there are no exemplars yet. */
  void keepRows(IntPredicate setPasses) {
    int kept = 0;
    for (int row = 0; row < sets.size(); row++) {
      if (setPasses.test(sets.get(row))) {
        sets.set(kept, sets.get(row));
        timestampsMs.set(kept, timestampsMs.get(row));
        valueBits.set(kept, valueBits.get(row));
        histogramOfRow.set(kept, histogramOfRow.get(row));
        startsMs.set(kept, startsMs.get(row));
        kept++;
      }
    }
    sets.truncate(kept);
    timestampsMs.truncate(kept);
    valueBits.truncate(kept);
    histogramOfRow.truncate(kept);
    startsMs.truncate(kept);
  }

  void clear() {
    clearSamples();
    metadata.clear();
  }

  /** Forgets all but what was said about families, which holds although the samples do not. */
  void clearSamples() {
    sets.truncate(0);
    timestampsMs.truncate(0);
    valueBits.truncate(0);
    histogramOfRow.truncate(0);
    startsMs.truncate(0);
    histograms.clear();
    exemplarSets.truncate(0);
    exemplars.clear();
  }

  SeriesBatch batch(String sender, LabelSetTable labelSets) {
    SeriesBatch batch = new SeriesBatch(sender, labelSets);
    for (int row = 0; row < sets.size(); row++) {
      int histogram = histogramOfRow.get(row);
      if (histogram == FLOAT) {
        batch.addBits(sets.get(row), timestampsMs.get(row), valueBits.get(row));
      } else {
        batch.add(sets.get(row), timestampsMs.get(row), histograms.get(histogram));
      }
      if (startsMs.get(row) != 0) {
        batch.startTimestampOfLast(startsMs.get(row));
      }
    }
    for (int i = 0; i < exemplars.size(); i++) {
      batch.addExemplar(exemplarSets.get(i), exemplars.get(i));
    }
    metadata.forEach(batch::addMetadata);
    return batch;
  }
}
