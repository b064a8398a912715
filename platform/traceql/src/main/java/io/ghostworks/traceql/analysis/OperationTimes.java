package io.ghostworks.traceql.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Adds up what spans took, by service and by operation. */
final class OperationTimes {
  private static final int STATUS_ERROR = 2;

  private final SpanForest forest;
  private final SpanTexts texts;
  private final CriticalPath path;
  private final long[] selfNanos;

  OperationTimes(SpanForest forest, SpanTexts texts, CriticalPath path, long[] selfNanos) {
    this.forest = forest;
    this.texts = texts;
    this.path = path;
    this.selfNanos = selfNanos;
  }

  private record Key(String service, String operation) {}

  private static final class Sums {
    private int spans;
    private int errors;
    private long total;
    private long self;
    private long critical;
    private long longest;
  }

  /** Most of its own work first. */
  List<OperationTime> byService() {
    return sums(row -> new Key(texts.service(row), ""));
  }

  /** Most of its own work first. */
  List<OperationTime> byOperation() {
    return sums(row -> new Key(texts.service(row), texts.name(row)));
  }

  private List<OperationTime> sums(IntFunction<Key> key) {
    Map<Key, Sums> all = new HashMap<>();
    for (int row = 0; row < forest.rows(); row++) {
      Sums sums = all.computeIfAbsent(key.apply(row), absent -> new Sums());
      sums.spans++;
      sums.errors += forest.spans().statusCode(row) == STATUS_ERROR ? 1 : 0;
      sums.total += forest.durationNanos(row);
      sums.self += selfNanos[row];
      sums.critical += path.nanosOf(row);
      sums.longest = Math.max(sums.longest, forest.durationNanos(row));
    }
    List<OperationTime> times = new ArrayList<>(all.size());
    all.forEach((of, sums) ->
        times.add(
            new OperationTime(
                of.service,
                of.operation,
                sums.spans,
                sums.errors,
                sums.total,
                sums.self,
                sums.critical,
                sums.longest)));
    times.sort(
        Comparator.comparingLong(OperationTime::selfNanos)
            .reversed()
            .thenComparing(OperationTime::service)
            .thenComparing(OperationTime::operation));
    return times;
  }
}
