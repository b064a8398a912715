package io.ghostworks.series.head;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.head.LabelStatistics.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Lock;

/**
 * Counts a tenant's labels in a head generation. Takes the head's read lock for a few hundred pairs
 * at a time, so that series which come meanwhile may be counted or not.
 */
final class LabelCensus {
  private static final int LOCKED_AT_ONCE = 512;

  /** As Prometheus encodes labels: a length from here on takes four bytes instead of one. */
  private static final int LONG_TEXT_BYTES = 255;

  private final HeadIndex index;
  private final LabelPairs pairs;
  private final Lock readLock;
  private final Top seriesByMetric;
  private final Top valuesByLabel;
  private final Top bytesByLabel;
  private final Top seriesByPair;

  LabelCensus(HeadIndex index, Lock readLock, int limit) {
    this.index = index;
    this.pairs = index.labelPairs();
    this.readLock = readLock;
    this.seriesByMetric = new Top(limit);
    this.valuesByLabel = new Top(limit);
    this.bytesByLabel = new Top(limit);
    this.seriesByPair = new Top(limit);
  }

  LabelStatistics of(TenantId tenant) {
    int series;
    List<Integer> names = new ArrayList<>();
    readLock.lock();
    try {
      int number = index.findTenant(tenant);
      if (number < 0) {
        return LabelStatistics.NONE;
      }
      series = index.seriesOfTenant(number);
      for (int name = pairs.firstName(number); name >= 0; name = pairs.nextName(name)) {
        names.add(name);
      }
    } finally {
      readLock.unlock();
    }
    int labelPairs = 0;
    for (int name : names) {
      labelPairs += count(name);
    }
    return new LabelStatistics(
        series,
        labelPairs,
        seriesByMetric.descending(),
        valuesByLabel.descending(),
        bytesByLabel.descending(),
        seriesByPair.descending());
  }

  private int count(int name) {
    int values = 0;
    long bytes = 0;
    String text = "";
    int next = -1;
    boolean begun = false;
    do {
      readLock.lock();
      try {
        if (!begun) {
          begun = true;
          text = pairs.name(name);
          next = pairs.firstPair(name);
        }
        for (int i = 0; i < LOCKED_AT_ONCE && next >= 0; i++) {
          values++;
          bytes += count(text, next);
          next = pairs.nextPair(next);
        }
      } finally {
        readLock.unlock();
      }
    } while (next >= 0);
    valuesByLabel.add(text, values);
    bytesByLabel.add(text, bytes);
    return values;
  }

  /** Counts a pair; answers the bytes that its series would take. */
  private long count(String name, int pair) {
    int series = index.count(pair);
    boolean metric = name.equals(Labels.METRIC_NAME);
    if (seriesByPair.wants(series) || (metric && seriesByMetric.wants(series))) {
      String value = index.value(pair);
      seriesByPair.add(name + "=" + value, series);
      if (metric) {
        seriesByMetric.add(value, series);
      }
    }
    int nameBytes = pairs.nameBytes(pair);
    int valueBytes = pairs.valueBytes(pair);
    return (long) series * (encodedBytes(nameBytes) + encodedBytes(valueBytes));
  }

  private static int encodedBytes(int textBytes) {
    return textBytes + (textBytes < LONG_TEXT_BYTES ? 1 : 4);
  }

  /** The largest counts. */
  private static final class Top {
    private static final Comparator<Count> ORDER =
        Comparator.comparingLong(Count::count)
            .thenComparing(Count::name, Comparator.reverseOrder());

    private final int limit;
    private final PriorityQueue<Count> smallestFirst = new PriorityQueue<>(ORDER);

    Top(int limit) {
      this.limit = limit;
    }

    boolean wants(long count) {
      return smallestFirst.size() < limit || smallestFirst.element().count() <= count;
    }

    void add(String name, long count) {
      if (wants(count)) {
        smallestFirst.add(new Count(name, count));
        if (smallestFirst.size() > limit) {
          smallestFirst.remove();
        }
      }
    }

    List<Count> descending() {
      return smallestFirst.stream().sorted(ORDER.reversed()).toList();
    }
  }
}
