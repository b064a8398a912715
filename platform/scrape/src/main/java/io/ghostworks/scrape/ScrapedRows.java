package io.ghostworks.scrape;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.metric.Exemplar;
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
  private final IntColumn sets = new IntColumn();
  private final LongColumn timestampsMs = new LongColumn();
  private final LongColumn valueBits = new LongColumn();
  private final IntColumn exemplarSets = new IntColumn();
  private final List<Exemplar> exemplars = new ArrayList<>();
  private final Map<String, MetricMetadata> metadata = new LinkedHashMap<>();

  void add(int set, long timestampMs, long bits) {
    sets.add(set);
    timestampsMs.add(timestampMs);
    valueBits.add(bits);
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
        kept++;
      }
    }
    sets.truncate(kept);
    timestampsMs.truncate(kept);
    valueBits.truncate(kept);
  }

  void clear() {
    sets.truncate(0);
    timestampsMs.truncate(0);
    valueBits.truncate(0);
    exemplarSets.truncate(0);
    exemplars.clear();
    metadata.clear();
  }

  SeriesBatch batch(String sender, LabelSetTable labelSets) {
    SeriesBatch batch = new SeriesBatch(sender, labelSets);
    for (int row = 0; row < sets.size(); row++) {
      batch.addBits(sets.get(row), timestampsMs.get(row), valueBits.get(row));
    }
    for (int i = 0; i < exemplars.size(); i++) {
      batch.addExemplar(exemplarSets.get(i), exemplars.get(i));
    }
    metadata.forEach(batch::addMetadata);
    return batch;
  }
}
