package io.ghostworks.records.rollup;

import io.ghostworks.query.record.CountRequest;
import io.ghostworks.query.record.CountTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Adds up the counts of one stream in several sources. Cells of different sources that share times
 * may have equal rows, which count once: together with cells that lie across the edge of a step,
 * and with those of which rows are deleted, they are left to be read as rows.
 */
public final class StreamSum {

  private final CountRequest request;
  private final TimeRanges unusable;
  private final List<StreamRollup> sources;

  /**
   * @param unusable times whose rows are read in any case
   * @param sources of one stream
   */
  public StreamSum(CountRequest request, TimeRanges unusable, List<StreamRollup> sources) {
    this.request = request;
    this.unusable = unusable;
    this.sources = sources;
  }

  /** Entries of all sources by the start of their cells. */
  private long[] order() {
    int count = 0;
    for (StreamRollup source : sources) {
      RollupCells cells = source.cells();
      count += cells == null ? 0 : cells.size();
    }
    long[] order = new long[count];
    int at = 0;
    for (int source = 0; source < sources.size(); source++) {
      RollupCells cells = sources.get(source).cells();
      for (int entry = 0; cells != null && entry < cells.size(); entry++) {
        order[at++] = (long) source << 32 | entry;
      }
    }
    if (sources.size() > 1) {
      return sorted(order);
    }
    return order;
  }

  private long[] sorted(long[] order) {
    Long[] boxed = Arrays.stream(order).boxed().toArray(Long[]::new);
    Arrays.sort(boxed, (left, right) -> Long.compare(start(left), start(right)));
    return Arrays.stream(boxed).mapToLong(Long::longValue).toArray();
  }

  private RollupCells cells(long reference) {
    RollupCells cells = sources.get((int) (reference >> 32)).cells();
    if (cells == null) {
      throw new IllegalStateException("a source without cells has no entries");
    }
    return cells;
  }

  private long start(long reference) {
    return cells(reference).startNanos((int) reference);
  }

  private long end(long reference) {
    return cells(reference).endNanos((int) reference);
  }

  /** Adds what can be added to the table; answers the times whose rows must be read. */
  public TimeRanges add(CountTable table) {
    TimeRanges left = new TimeRanges();
    for (StreamRollup source : sources) {
      if (source.cells() == null) {
        leave(left, source.minTimeNanos(), source.maxTimeNanos() + 1);
      }
    }
    TimeRanges blocked = new TimeRanges();
    blocked.addAll(unusable);
    blocked.addAll(left);
    CountTable.Steps[] known = new CountTable.Steps[RollupFormat.LEVELS_MAX];
    long[] order = order();
    boolean disjoint = areDisjoint();
    int from = 0;
    while (from < order.length) {
      long start = start(order[from]);
      long end = end(order[from]);
      boolean usable = fits(start, end);
      int to = from + 1;
      while (to < order.length && start(order[to]) < end) {
        usable &= disjoint || order[to] >> 32 == order[from] >> 32;
        usable &= fits(start(order[to]), end(order[to]));
        end = Math.max(end, end(order[to]));
        to++;
      }
      if (end > request.startNanos() && start < request.endNanos()) {
        if (usable && !blocked.intersects(start, end)) {
          for (int at = from; at < to; at++) {
            add(order[at], table, known);
          }
        } else {
          leave(left, start, end);
        }
      }
      from = to;
    }
    return left;
  }

  /** Whether no two sources have rows of the same time, as parts that were written in turn. */
  private boolean areDisjoint() {
    List<StreamRollup> byTime = new ArrayList<>(sources);
    byTime.sort(Comparator.comparingLong(StreamRollup::minTimeNanos));
    for (int i = 1; i < byTime.size(); i++) {
      if (byTime.get(i).minTimeNanos() <= byTime.get(i - 1).maxTimeNanos()) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(long start, long end) {
    return start >= request.startNanos()
        && end <= request.endNanos()
        && request.step(start) == request.step(end - 1);
  }

  private void leave(TimeRanges left, long start, long end) {
    left.add(Math.max(start, request.startNanos()), Math.min(end, request.endNanos()));
  }

  private void add(long reference, CountTable table, CountTable.Steps[] known) {
    RollupCells cells = cells(reference);
    int entry = (int) reference;
    StreamRollup source = sources.get((int) (reference >> 32));
    CountTable.Steps steps;
    if (!request.byLevel()) {
      steps = known[0];
      if (steps == null) {
        steps = table.steps(source.stream(), "");
        known[0] = steps;
      }
    } else if (sources.size() == 1) {
      steps = known[cells.level(entry)];
      if (steps == null) {
        steps = table.steps(source.stream(), source.levels()[cells.level(entry)]);
        known[cells.level(entry)] = steps;
      }
    } else {
      steps = table.steps(source.stream(), source.levels()[cells.level(entry)]);
    }
    steps.add(request.step(cells.startNanos(entry)), cells.rows(entry), cells.bytes(entry));
  }
}
