package io.ghostworks.records.scan;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.Field;
import java.util.List;
import java.util.function.Consumer;

/** What a batch has, without its rows: streams, keys. */
public final class SourceFacts {

  private SourceFacts() {}

  /**
   * Adds the streams of rows in the range that fulfil one of the selectors, or any stream if there
   * is none.
   */
  public static void streams(
      LogBatch batch,
      List<List<LabelMatcher>> selectors,
      long startNanos,
      long endNanos,
      Consumer<Labels> found) {
    boolean[] seen = new boolean[batch.streams().size()];
    for (int row = 0; row < batch.rows(); row++) {
      int stream = batch.stream(row);
      if (!seen[stream] && isIn(batch.timeNanos(row), startNanos, endNanos)) {
        seen[stream] = true;
        Labels labels = batch.streams().labels(stream);
        if (selectors.isEmpty()
            || selectors.stream()
                .anyMatch(matchers -> FilterBinding.StreamMatch.matches(labels, matchers))) {
          found.accept(labels);
        }
      }
    }
  }

  /** Adds the keys of attributes of rows in the range. */
  public static void keys(
      LogBatch batch, Field.Scope scope, long startNanos, long endNanos, Consumer<String> found) {
    boolean[] rows = new boolean[batch.rows()];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = isIn(batch.timeNanos(row), startNanos, endNanos);
    }
    switch (scope) {
      case ATTRIBUTE, RESOURCE, INSTRUMENTATION, ATTRIBUTE_OR_RESOURCE ->
          keys(Envelope.of(batch).parts(scope), rows, found);
      case EVENT, LINK ->
          throw new QueryException(
              QueryException.Kind.BAD_QUERY, "log records have no keys of this scope");
      case STREAM -> {
        for (int row = 0; row < rows.length; row++) {
          if (rows[row]) {
            batch.streams().labels(batch.stream(row)).forEach((name, value) -> found.accept(name));
          }
        }
      }
      case INTRINSIC ->
          throw new QueryException(QueryException.Kind.BAD_QUERY, "intrinsic columns have no keys");
    }
  }

  /** Adds the keys of attributes of rows in the range. */
  public static void keys(
      SpanBatch batch, Field.Scope scope, long startNanos, long endNanos, Consumer<String> found) {
    boolean[] rows = new boolean[batch.rows()];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = isIn(batch.startNanos(row), startNanos, endNanos);
    }
    switch (scope) {
      case ATTRIBUTE, RESOURCE, INSTRUMENTATION, ATTRIBUTE_OR_RESOURCE ->
          keys(Envelope.of(batch).parts(scope), rows, found);
      case EVENT -> {
        for (int row = 0; row < rows.length; row++) {
          if (rows[row]) {
            keys(batch.events().attributes(), batch.eventStart(row), batch.eventEnd(row), found);
          }
        }
      }
      case LINK -> {
        for (int row = 0; row < rows.length; row++) {
          if (rows[row]) {
            keys(batch.links().attributes(), batch.linkStart(row), batch.linkEnd(row), found);
          }
        }
      }
      case STREAM, INTRINSIC ->
          throw new QueryException(
              QueryException.Kind.BAD_QUERY, "spans have no keys of this scope");
    }
  }

  private static void keys(AttributeColumns attributes, int from, int to, Consumer<String> found) {
    for (int row = from; row < to; row++) {
      for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
        found.accept(attributes.key(entry));
      }
    }
  }

  private static void keys(List<Envelope.Part> parts, boolean[] rows, Consumer<String> found) {
    parts.forEach(part -> keys(part, rows, found));
  }

  private static void keys(Envelope.Part part, boolean[] rows, Consumer<String> found) {
    AttributeColumns attributes = part.attributes();
    boolean[] seen = new boolean[attributes.keys().size()];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row]) {
        int own = part.attributeRow().applyAsInt(row);
        for (int entry = attributes.start(own); entry < attributes.end(own); entry++) {
          if (!seen[attributes.keyId(entry)]) {
            seen[attributes.keyId(entry)] = true;
            found.accept(attributes.key(entry));
          }
        }
      }
    }
  }

  private static boolean isIn(long time, long startNanos, long endNanos) {
    return time >= startNanos && time < endNanos;
  }
}
