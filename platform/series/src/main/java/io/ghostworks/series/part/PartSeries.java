package io.ghostworks.series.part;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.series.select.SelectedSeries;
import io.ghostworks.series.select.TextPool;
import java.util.HashMap;
import java.util.Map;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** Gives the labels of a part's series; each text is read once. Used by one thread. */
final class PartSeries {
  private static final int SERIES_BETWEEN_CHECKS = 1024;

  private final PartIndex index;
  private final TextPool pool;
  private final Map<Integer, String> texts = new HashMap<>();

  PartSeries(PartIndex index, TextPool pool) {
    this.index = index;
    this.pool = pool;
  }

  /** The labels of series, whose numbers are in the order of their labels. */
  SelectedSeries resolve(RoaringBitmap numbers, QueryContext context) {
    int[] found = new int[numbers.getCardinality()];
    Labels[] labels = new Labels[found.length];
    IntIterator rest = numbers.getIntIterator();
    for (int i = 0; i < found.length; i++) {
      if (i % SERIES_BETWEEN_CHECKS == 0) {
        context.check();
      }
      found[i] = rest.next();
      labels[i] = labels(found[i]);
    }
    return new SelectedSeries(found, labels);
  }

  Labels labels(int series) {
    PartIndex.Varints in = new PartIndex.Varints(index.labels(), index.labelsOffset(series));
    String[] pairs = new String[2 * (int) in.next()];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = text((int) in.next());
    }
    return Labels.ofSorted(pairs);
  }

  private String text(int symbol) {
    String text = texts.get(symbol);
    if (text == null) {
      text = pool.pooled(index.symbol(symbol));
      texts.put(symbol, text);
    }
    return text;
  }
}
