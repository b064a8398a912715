package io.ghostworks.query.record;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up an answer to a {@link CountRequest}. Cheap where the steps of a stream come in ascending
 * order. What it holds is reserved in the query until that ends. Not thread-safe.
 */
public final class CountTable {

  private static final int SERIES_BYTES = 200;
  private static final int STEP_BYTES = 2 * (Integer.BYTES + 2 * Long.BYTES);

  private final QueryContext context;
  private final Map<Key, Steps> series = new HashMap<>();

  public CountTable(QueryContext context) {
    this.context = context;
  }

  private record Key(Labels stream, String level) {}

  /** The counts of one stream and level, made when first asked for. */
  public Steps steps(Labels stream, String level) {
    Key key = new Key(stream, level);
    Steps known = series.get(key);
    if (known == null) {
      context.reserve(SERIES_BYTES + bytes(stream));
      known = new Steps();
      series.put(key, known);
    }
    return known;
  }

  private static long bytes(Labels stream) {
    long[] bytes = {0};
    stream.forEach((name, value) -> bytes[0] += 80 + name.length() + value.length());
    return bytes[0];
  }

  /** Everything that was added, by stream and level. */
  public List<StreamCounts> sorted() {
    List<StreamCounts> answer = new ArrayList<>();
    series.forEach((key, steps) -> {
      if (steps.size > 0) {
        answer.add(steps.of(key));
      }
    });
    answer.sort(Comparator.comparing(StreamCounts::stream).thenComparing(StreamCounts::level));
    return answer;
  }

  /** The steps of one stream and level. */
  public final class Steps {
    private int size;
    private int[] steps = new int[2];
    private long[] rows = new long[2];
    private long[] bytes = new long[2];

    private Steps() {}

    /** Adds records to a step. */
    public void add(int step, long moreRows, long moreBytes) {
      int at = size - 1;
      if (at < 0 || steps[at] != step) {
        at = place(step);
      }
      rows[at] += moreRows;
      bytes[at] += moreBytes;
    }

    private int place(int step) {
      int at =
          size > 0 && steps[size - 1] < step ? ~size : Arrays.binarySearch(steps, 0, size, step);
      if (at >= 0) {
        return at;
      }
      at = ~at;
      if (size == steps.length) {
        context.reserve((long) size * STEP_BYTES);
        steps = Arrays.copyOf(steps, 2 * size);
        rows = Arrays.copyOf(rows, 2 * size);
        bytes = Arrays.copyOf(bytes, 2 * size);
      }
      System.arraycopy(steps, at, steps, at + 1, size - at);
      System.arraycopy(rows, at, rows, at + 1, size - at);
      System.arraycopy(bytes, at, bytes, at + 1, size - at);
      steps[at] = step;
      rows[at] = 0;
      bytes[at] = 0;
      size++;
      return at;
    }

    private StreamCounts of(Key key) {
      return new StreamCounts(
          key.stream(),
          key.level(),
          Arrays.copyOf(steps, size),
          Arrays.copyOf(rows, size),
          Arrays.copyOf(bytes, size));
    }
  }
}
