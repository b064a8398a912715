package io.ghostworks.records.scan;

import com.google.re2j.Pattern;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import java.nio.charset.StandardCharsets;
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
      case Filter.Exists exists -> {
        FieldReader reader = fields.apply(exists.field());
        yield row -> reader.read(row) != ValueColumn.NONE;
      }
      case Filter.Compare compare -> compare(compare);
      case Filter.Contains contains -> contains(fields.apply(contains.field()), contains.needle());
      case Filter.Traces wanted -> row -> wanted.ids().contains(traces.apply(row));
      case Filter.Finds finds -> finds(fields.apply(finds.field()), finds.pattern());
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

  private BatchFilter compare(Filter.Compare compare) {
    FieldReader reader = fields.apply(compare.field());
    Filter.Operator operator = compare.operator();
    return switch (compare.literal()) {
      case Filter.Literal.Text text -> {
        byte[] expected = text.value().getBytes(StandardCharsets.UTF_8);
        yield row ->
            reader.read(row) == ValueColumn.STRING
                && holds(operator, compareBytes(reader, expected));
      }
      case Filter.Literal.Whole whole ->
          row ->
              switch (reader.read(row)) {
                case ValueColumn.INT ->
                    holds(operator, Long.compare(reader.payload(), whole.value()));
                case ValueColumn.DOUBLE ->
                    holds(
                        operator,
                        Double.longBitsToDouble(reader.payload()),
                        (double) whole.value());
                default -> false;
              };
      case Filter.Literal.Real real ->
          row ->
              switch (reader.read(row)) {
                case ValueColumn.INT -> holds(operator, (double) reader.payload(), real.value());
                case ValueColumn.DOUBLE ->
                    holds(operator, Double.longBitsToDouble(reader.payload()), real.value());
                default -> false;
              };
      case Filter.Literal.Bool bool ->
          row ->
              reader.read(row) == ValueColumn.BOOL
                  && holds(operator, Long.compare(reader.payload(), bool.value() ? 1 : 0));
    };
  }

  private static int compareBytes(FieldReader reader, byte[] expected) {
    long slice = reader.payload();
    int from = ByteArena.offset(slice);
    return java.util.Arrays.compareUnsigned(
        reader.arena().array(), from, from + ByteArena.length(slice), expected, 0, expected.length);
  }

  private static boolean holds(Filter.Operator operator, int order) {
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  /** Compares as floating point does: nothing but "not equal" holds for NaN. */
  private static boolean holds(Filter.Operator operator, double left, double right) {
    return switch (operator) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
    };
  }

  private static BatchFilter contains(FieldReader reader, byte[] needle) {
    return row -> {
      byte type = reader.read(row);
      if (type == ValueColumn.STRING) {
        long slice = reader.payload();
        return ByteSearch.contains(
            reader.arena().array(), ByteArena.offset(slice), ByteArena.length(slice), needle);
      }
      String text = ValueText.of(type, reader.payload(), reader.arena());
      if (text == null) {
        return false;
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return ByteSearch.contains(bytes, 0, bytes.length, needle);
    };
  }

  private static BatchFilter finds(FieldReader reader, Pattern pattern) {
    return row -> {
      String text = ValueText.of(reader.read(row), reader.payload(), reader.arena());
      return text != null && pattern.matcher(text).find();
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
