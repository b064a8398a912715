package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.StreamCounts;
import java.util.List;

/**
 * Counts that the store keeps as samples: the count of a cell stands at the cell's last time, so
 * that it falls into the windows that have the whole cell.
 */
final class CountsFeed implements SampleFeed {
  private static final int SAMPLES_PER_BATCH = 4096;
  private static final long SAMPLE_BYTES = Integer.BYTES * 2L;

  private final List<StreamCounts> counts;
  private final int[] series;
  private final LabelTable table;
  private final long firstEndNanos;
  private final long cellNanos;
  private final boolean ofBytes;
  private final int[] byCell;
  private final int[] positions;
  private int at;

  /**
   * @param series the number of each answer's series in the table, or -1 for one that is left out
   * @param firstEndNanos the last time of the first cell
   * @param cellNanos how long a cell is
   * @param ofBytes whether bytes are counted rather than lines
   */
  CountsFeed(
      List<StreamCounts> counts,
      int[] series,
      LabelTable table,
      long firstEndNanos,
      long cellNanos,
      boolean ofBytes,
      QueryContext context) {
    this.counts = counts;
    this.series = series;
    this.table = table;
    this.firstEndNanos = firstEndNanos;
    this.cellNanos = cellNanos;
    this.ofBytes = ofBytes;
    long entries = counts.stream().mapToLong(each -> each.steps().length).sum();
    context.reserve(entries * SAMPLE_BYTES);
    this.byCell = new int[Math.toIntExact(entries)];
    this.positions = new int[byCell.length];
    sort(cells(counts, context));
  }

  private static int cells(List<StreamCounts> counts, QueryContext context) {
    int cells = 0;
    for (StreamCounts each : counts) {
      int[] steps = each.steps();
      cells = steps.length == 0 ? cells : Math.max(cells, steps[steps.length - 1] + 1);
    }
    context.reserve((cells + 1L) * Integer.BYTES);
    return cells;
  }

  /** Orders all counts by cell: those of one cell in the order of the answers. */
  private void sort(int cells) {
    int[] starts = new int[cells + 1];
    for (StreamCounts each : counts) {
      for (int step : each.steps()) {
        starts[step + 1]++;
      }
    }
    for (int i = 0; i < cells; i++) {
      starts[i + 1] += starts[i];
    }
    for (int i = 0; i < counts.size(); i++) {
      int[] steps = counts.get(i).steps();
      for (int j = 0; j < steps.length; j++) {
        int place = starts[steps[j]]++;
        byCell[place] = i;
        positions[place] = j;
      }
    }
  }

  @Override
  public boolean next(SampleBatch out) {
    if (at == byCell.length) {
      return false;
    }
    int end = Math.min(byCell.length, at + SAMPLES_PER_BATCH);
    for (; at < end; at++) {
      int number = series[byCell[at]];
      if (number >= 0) {
        StreamCounts from = counts.get(byCell[at]);
        int position = positions[at];
        long count = ofBytes ? from.bytes()[position] : from.rows()[position];
        out.add(number, firstEndNanos + from.steps()[position] * cellNanos, count);
      }
    }
    return true;
  }

  @Override
  public Labels labels(int number) {
    return table.labels(number);
  }

  @Override
  public void close() {}
}
