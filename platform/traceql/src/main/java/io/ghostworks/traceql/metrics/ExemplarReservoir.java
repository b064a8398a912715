package io.ghostworks.traceql.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses exemplars: at most two of each of some equal slices of the range, each of another trace,
 * by a hash of their time, so that the choice is the same whichever way the spans are read. The
 * slices are those of Tempo's exemplar buckets. Not thread-safe.
 */
final class ExemplarReservoir {

  private static final int PER_SLICE = 2;

  /** So many are kept of a slice, since some may be of the same trace. */
  private static final int KEPT = 8;

  private static final long MILLISECOND = 1_000_000;

  private final int most;
  private final long startMs;
  private final long widthMs;
  private final int slices;
  private final Candidate[][] kept;
  private final int[] counts;
  private final long[] bounds;
  private final int[] places;
  private final int[] rows;
  private final long[] batchBounds;

  /**
   * A span that may become an exemplar.
   *
   * @param rank the least ones are chosen
   */
  record Candidate(long rank, long timeMs, int group, double value, List<MetricLabel> labels) {}

  /**
   * @param most exemplars; 0 chooses none
   */
  ExemplarReservoir(int most, Steps steps) {
    this.most = steps.instant() ? 0 : most;
    this.slices = Math.max(1, this.most / PER_SLICE);
    this.startMs = steps.startNanos() / MILLISECOND;
    this.widthMs = Math.max(1, (steps.endNanos() / MILLISECOND - startMs) / slices);
    this.kept = new Candidate[slices][KEPT];
    this.counts = new int[slices];
    this.bounds = new long[slices];
    this.places = new int[slices];
    this.rows = new int[slices * KEPT];
    this.batchBounds = new long[slices];
    Arrays.fill(bounds, this.most == 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
  }

  boolean isEmpty() {
    return most == 0;
  }

  private int slice(long timeNanos) {
    return (int) Math.min(slices - 1, (timeNanos / MILLISECOND - startMs) / widthMs);
  }

  private static long rank(long timeNanos) {
    long spread = timeNanos * 0x9e3779b97f4a7c15L;
    return spread ^ (spread >>> 29);
  }

  /**
   * Those of some spans that may be chosen.
   *
   * @param times when they started, in the range
   * @param groupOf -1 leaves a span out
   * @return their places, ascending
   */
  int[] best(int count, long[] times, int[] groupOf) {
    Arrays.fill(places, 0);
    System.arraycopy(bounds, 0, batchBounds, 0, slices);
    int found = 0;
    long from = 1; // times in [from, to) are of the slice
    long to = 0;
    int slice = 0;
    for (int i = 0; i < count; i++) {
      if (groupOf[i] < 0) {
        continue;
      }
      long time = times[i];
      if (time < from || time >= to) {
        slice = slice(time);
        from = (startMs + slice * widthMs) * MILLISECOND;
        to = slice == slices - 1 ? Long.MAX_VALUE : from + widthMs * MILLISECOND;
      }
      if (rank(time) < batchBounds[slice]) {
        found += place(slice, i, times);
      }
    }
    return found == 0 ? new int[0] : placed(found);
  }

  /** Puts a span among the best of a slice; 1 if there is one more now, 0 if it replaced one. */
  private int place(int slice, int row, long[] times) {
    int base = slice * KEPT;
    int size = places[slice];
    if (size < KEPT) {
      rows[base + size] = row;
      places[slice] = size + 1;
    } else {
      rows[base + worst(base, times)] = row;
    }
    if (places[slice] == KEPT) {
      batchBounds[slice] =
          Math.min(batchBounds[slice], rank(times[rows[base + worst(base, times)]]));
    }
    return size < KEPT ? 1 : 0;
  }

  private int worst(int base, long[] times) {
    int worst = 0;
    for (int i = 1; i < KEPT; i++) {
      worst = rank(times[rows[base + i]]) > rank(times[rows[base + worst]]) ? i : worst;
    }
    return worst;
  }

  private int[] placed(int found) {
    int[] all = new int[found];
    int at = 0;
    for (int slice = 0; slice < slices; slice++) {
      System.arraycopy(rows, slice * KEPT, all, at, places[slice]);
      at += places[slice];
    }
    Arrays.sort(all);
    return all;
  }

  /** Keeps a span that is one of the best. */
  void add(long timeNanos, int group, double value, List<MetricLabel> labels) {
    int slice = slice(timeNanos);
    put(slice, new Candidate(rank(timeNanos), timeNanos / MILLISECOND, group, value, labels));
  }

  private void put(int slice, Candidate candidate) {
    Candidate[] own = kept[slice];
    if (counts[slice] < KEPT) {
      own[counts[slice]++] = candidate;
    } else if (candidate.rank() < own[worst(own)].rank()) {
      own[worst(own)] = candidate;
    }
    if (counts[slice] == KEPT) {
      bounds[slice] = own[worst(own)].rank();
    }
  }

  private static int worst(Candidate[] own) {
    int worst = 0;
    for (int i = 1; i < own.length; i++) {
      worst = own[i].rank() > own[worst].rank() ? i : worst;
    }
    return worst;
  }

  /** Adds what another one of the same range has. */
  void addAll(ExemplarReservoir other, int[] numbers) {
    for (int slice = 0; slice < slices; slice++) {
      for (int i = 0; i < other.counts[slice]; i++) {
        Candidate each = other.kept[slice][i];
        if (numbers[each.group()] >= 0) {
          put(
              slice,
              new Candidate(
                  each.rank(), each.timeMs(), numbers[each.group()], each.value(), each.labels()));
        }
      }
    }
  }

  /** The chosen ones, by time. */
  List<Candidate> chosen() {
    List<Candidate> chosen = new ArrayList<>();
    Set<MetricLabel> traces = new HashSet<>();
    for (int slice = 0; slice < slices; slice++) {
      Candidate[] own = Arrays.copyOf(kept[slice], counts[slice]);
      Arrays.sort(own, Comparator.comparingLong(Candidate::rank));
      int taken = 0;
      for (int i = 0; i < own.length && taken < PER_SLICE && chosen.size() < most; i++) {
        if (traces.add(own[i].labels().getFirst())) {
          chosen.add(own[i]);
          taken++;
        }
      }
    }
    chosen.sort(Comparator.comparingLong(Candidate::timeMs).thenComparingLong(Candidate::rank));
    return chosen;
  }
}
