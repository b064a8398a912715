package io.ghostworks.records.scan;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Binds a filter to a batch. */
final class FilterBinding {

  private final Function<Field, FieldReader> fields;
  private final IntFunction<TraceKey> traces;
  private final @Nullable LogBatch logs;

  /**
   * @param fields readers over the batch
   * @param traces the trace of a row
   * @param logs the batch, where it has streams
   */
  FilterBinding(
      Function<Field, FieldReader> fields, IntFunction<TraceKey> traces, @Nullable LogBatch logs) {
    this.fields = fields;
    this.traces = traces;
    this.logs = logs;
  }

  BatchFilter bind(Filter filter) {
    return switch (filter) {
      case Filter.And and -> all(and.parts());
      case Filter.Or or -> any(or.parts());
      case Filter.Not not -> {
        BatchFilter part = bind(not.part());
        yield row -> !part.test(row);
      }
      case Filter.Stream stream -> stream(stream.matchers());
      case Filter.Exists exists -> leaf(exists.field(), ValueTest.of(exists));
      case Filter.Compare compare -> leaf(compare.field(), ValueTest.of(compare));
      case Filter.Contains contains -> leaf(contains.field(), ValueTest.of(contains));
      case Filter.Traces wanted -> row -> wanted.ids().contains(traces.apply(row));
      case Filter.Finds finds -> leaf(finds.field(), ValueTest.of(finds));
      case Filter.JsonLabel label -> row -> true;
    };
  }

  private BatchFilter all(List<Filter> parts) {
    BatchFilter[] bound = parts.stream().map(this::bind).toArray(BatchFilter[]::new);
    return row -> {
      for (BatchFilter part : bound) {
        if (!part.test(row)) {
          return false;
        }
      }
      return true;
    };
  }

  private BatchFilter any(List<Filter> parts) {
    BatchFilter[] bound = parts.stream().map(this::bind).toArray(BatchFilter[]::new);
    return row -> {
      for (BatchFilter part : bound) {
        if (part.test(row)) {
          return true;
        }
      }
      return false;
    };
  }

  private BatchFilter stream(List<LabelMatcher> matchers) {
    LogBatch batch = logs;
    if (batch == null) {
      throw new QueryException(QueryException.Kind.BAD_QUERY, "spans have no streams");
    }
    LabelSetTable streams = batch.streams();
    boolean[] matches = new boolean[streams.size()];
    for (int stream = 0; stream < matches.length; stream++) {
      matches[stream] = StreamMatch.matches(streams.labels(stream), matchers);
    }
    return row -> matches[batch.stream(row)];
  }

  private BatchFilter leaf(Field field, ValueTest test) {
    FieldReader reader = fields.apply(field);
    return row -> {
      for (byte type = reader.read(row); type != ValueColumn.NONE; type = reader.next()) {
        if (test.test(type, reader.payload(), reader.arena())) {
          return true;
        }
      }
      return false;
    };
  }

  /** Whether a stream's labels fulfil matchers. */
  static final class StreamMatch {
    static boolean matches(Labels labels, List<LabelMatcher> matchers) {
      for (LabelMatcher matcher : matchers) {
        if (!matcher.matches(labels.get(matcher.label()))) {
          return false;
        }
      }
      return true;
    }
  }
}
