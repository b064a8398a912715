package io.ghostworks.traceql.analysis;

import io.ghostworks.model.record.SpanBatch;
import java.util.List;
import java.util.Optional;

/**
 * Where the error of a trace began: the failed span below which nothing has failed, of several the
 * one that failed first, of those the deepest. A span fails when its last exception was recorded,
 * or when it ends.
 *
 * @param row of the span
 * @param failedNanos when it failed
 * @param exception the exception that it recorded last
 * @param chain the rows from the root to the span, which stands last
 * @param others how many more failed spans have nothing failed below them
 */
public record FirstCause(
    int row,
    long failedNanos,
    Optional<RecordedException> exception,
    List<Integer> chain,
    int others) {
  static final int STATUS_ERROR = 2;

  private static final String EXCEPTION = "exception";

  public FirstCause {
    chain = List.copyOf(chain);
  }

  /**
   * The attributes of an event {@code exception}, "" where it has them not.
   *
   * @param timeNanos of the event
   */
  public record RecordedException(long timeNanos, String type, String message, String stacktrace) {}

  /** Empty if no span has failed. */
  static Optional<FirstCause> of(SpanForest forest) {
    SpanBatch spans = forest.spans();
    boolean[] failedBelow = new boolean[forest.rows()];
    int[] depths = new int[forest.rows()];
    for (int i = forest.rows() - 1; i >= 0; i--) {
      int row = forest.preorder(i);
      int parent = forest.parent(row);
      if (parent >= 0) {
        failedBelow[parent] |= failedBelow[row] || spans.statusCode(row) == STATUS_ERROR;
      }
    }
    int best = -1;
    int ends = 0;
    for (int i = 0; i < forest.rows(); i++) {
      int row = forest.preorder(i);
      int parent = forest.parent(row);
      depths[row] = parent < 0 ? 0 : depths[parent] + 1;
      if (spans.statusCode(row) == STATUS_ERROR && !failedBelow[row]) {
        ends++;
        if (best < 0 || isEarlier(forest, depths, row, best)) {
          best = row;
        }
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(of(forest, best, depths[best], ends - 1));
  }

  private static boolean isEarlier(SpanForest forest, int[] depths, int row, int other) {
    long time = failedNanos(forest, row);
    long otherTime = failedNanos(forest, other);
    return time != otherTime ? time < otherTime : depths[row] > depths[other];
  }

  private static FirstCause of(SpanForest forest, int row, int depth, int others) {
    Integer[] chain = new Integer[depth + 1];
    for (int at = row, i = depth; at >= 0; at = forest.parent(at), i--) {
      chain[i] = at;
    }
    int event = lastException(forest.spans(), row);
    return new FirstCause(
        row,
        failedNanos(forest, row),
        event < 0 ? Optional.empty() : Optional.of(exception(forest.spans(), event)),
        List.of(chain),
        others);
  }

  private static long failedNanos(SpanForest forest, int row) {
    int event = lastException(forest.spans(), row);
    return event < 0 ? forest.endNanos(row) : forest.spans().events().timeNanos(event);
  }

  /** -1 if the span has none. */
  private static int lastException(SpanBatch spans, int row) {
    for (int event = spans.eventEnd(row) - 1; event >= spans.eventStart(row); event--) {
      if (spans.arena().text(spans.events().name(event)).equals(EXCEPTION)) {
        return event;
      }
    }
    return -1;
  }

  private static RecordedException exception(SpanBatch spans, int event) {
    var attributes = spans.events().attributes();
    return new RecordedException(
        spans.events().timeNanos(event),
        SpanTexts.attribute(attributes, event, "exception.type"),
        SpanTexts.attribute(attributes, event, "exception.message"),
        SpanTexts.attribute(attributes, event, "exception.stacktrace"));
  }
}
