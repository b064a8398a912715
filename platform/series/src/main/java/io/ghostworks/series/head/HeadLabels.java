package io.ghostworks.series.head;

import io.ghostworks.model.label.Labels;
import io.ghostworks.series.select.TextPool;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives the labels of a generation's series; each text is made once. Used by one thread, which
 * holds the head's read lock.
 */
final class HeadLabels {
  private final HeadIndex index;
  private final LabelPairs pairs;
  private final TextPool pool;
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Integer, String> values = new HashMap<>();

  HeadLabels(HeadIndex index, TextPool pool) {
    this.index = index;
    this.pairs = index.labelPairs();
    this.pool = pool;
  }

  Labels of(int series) {
    HeadIndex.PairCursor at = index.pairs(series);
    String[] texts = new String[2 * at.size()];
    for (int i = 0; at.next(); i += 2) {
      texts[i] = name(pairs.nameOf(at.pair()));
      texts[i + 1] = value(at.pair());
    }
    return Labels.ofSorted(texts);
  }

  private String name(int name) {
    String text = names.get(name);
    if (text == null) {
      text = pool.pooled(pairs.name(name));
      names.put(name, text);
    }
    return text;
  }

  private String value(int pair) {
    String text = values.get(pair);
    if (text == null) {
      text = pool.pooled(pairs.value(pair, false));
      values.put(pair, text);
    }
    return text;
  }
}
