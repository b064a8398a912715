package io.ghostworks.traceql.analysis;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.traceql.analysis.ComparedOperation.Change;
import io.ghostworks.traceql.analysis.ComparedOperation.Side;
import io.ghostworks.traceql.trace.TraceTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two traces laid over each other by their operations, as Jaeger's trace comparison does: spans are
 * the same operation where service and name are equal, and those of all spans above them. Durations
 * differ where the mean of the operation's spans differs by a tenth and by a hundredth of the
 * longer trace.
 */
public final class TraceComparison {
  private static final int SHARE_OF_OPERATION = 10;
  private static final int SHARE_OF_TRACE = 100;

  private final Map<Place, Integer> numbers = new HashMap<>();
  private final List<Place> places = new ArrayList<>();
  private final List<Sums> sums = new ArrayList<>();
  private long longerNanos;

  private TraceComparison() {}

  private record Place(int parent, int depth, String service, String operation) {}

  private static final class Sums {
    private final int[] spans = new int[2];
    private final int[] errors = new int[2];
    private final long[] total = new long[2];
    private final long[] self = new long[2];

    Side side(int side) {
      return new Side(spans[side], errors[side], total[side], self[side]);
    }
  }

  /** Compares; the largest difference of own work comes first. */
  public static List<ComparedOperation> of(
      SpanBatch left, TraceTree leftTree, SpanBatch right, TraceTree rightTree) {
    TraceComparison comparison = new TraceComparison();
    comparison.add(0, SpanForest.of(left, leftTree));
    comparison.add(1, SpanForest.of(right, rightTree));
    return comparison.compared();
  }

  private void add(int side, SpanForest forest) {
    SpanTexts texts = new SpanTexts(forest.spans());
    long[] self = SelfTimes.of(forest);
    int[] placeOf = new int[forest.rows()];
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (int i = 0; i < forest.rows(); i++) {
      int row = forest.preorder(i);
      int parent = forest.parent(row);
      int above = parent < 0 ? -1 : placeOf[parent];
      int depth = above < 0 ? 0 : places.get(above).depth + 1;
      placeOf[row] = number(new Place(above, depth, texts.service(row), texts.name(row)));
      Sums at = sums.get(placeOf[row]);
      at.spans[side]++;
      at.errors[side] += forest.spans().statusCode(row) == FirstCause.STATUS_ERROR ? 1 : 0;
      at.total[side] += forest.durationNanos(row);
      at.self[side] += self[row];
      start = Math.min(start, forest.startNanos(row));
      end = Math.max(end, forest.endNanos(row));
    }
    longerNanos = Math.max(longerNanos, end - start);
  }

  private int number(Place place) {
    Integer known = numbers.putIfAbsent(place, places.size());
    if (known != null) {
      return known;
    }
    places.add(place);
    sums.add(new Sums());
    return places.size() - 1;
  }

  private List<ComparedOperation> compared() {
    List<ComparedOperation> operations = new ArrayList<>(places.size());
    for (int number = 0; number < places.size(); number++) {
      Place place = places.get(number);
      Side left = sums.get(number).side(0);
      Side right = sums.get(number).side(1);
      operations.add(
          new ComparedOperation(
              number,
              place.parent,
              place.depth,
              place.service,
              place.operation,
              left,
              right,
              change(left, right)));
    }
    operations.sort(
        Comparator.comparingLong((ComparedOperation each) -> Math.abs(each.selfDifferenceNanos()))
            .reversed()
            .thenComparingInt(ComparedOperation::place));
    return operations;
  }

  private Change change(Side left, Side right) {
    if (left.spans() == 0 || right.spans() == 0) {
      return left.spans() == 0 ? Change.ADDED : Change.REMOVED;
    }
    if (left.spans() != right.spans()) {
      return left.spans() < right.spans() ? Change.MORE : Change.FEWER;
    }
    long difference = right.meanNanos() - left.meanNanos();
    long least =
        Math.max(
            Math.max(left.meanNanos(), right.meanNanos()) / SHARE_OF_OPERATION,
            longerNanos / SHARE_OF_TRACE);
    return Math.abs(difference) <= least
        ? Change.SAME
        : difference > 0 ? Change.SLOWER : Change.FASTER;
  }
}
