package io.ghostworks.records;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Filters as bytes, as deletes keep them.
 *
 * <pre>
 * filter   := 0 parts:varint filter[parts]                 // all of them
 *           | 1 parts:varint filter[parts]                 // one of them
 *           | 2 filter                                     // not
 *           | 3 matchers:varint matcher[matchers]          // labels of the stream
 *           | 4 field                                      // exists
 *           | 5 field operator:string literal              // compares
 *           | 6 field length:varint bytes                  // contains
 *           | 7 field flags:varint expression:string       // finds, flags of RE2/J
 *           | 8 traces:varint (high:u64 low:u64)[traces]
 *           | 9 field length:varint bytes                  // contains, letters of either case
 * field    := scope:string name:string                     // scope and operator by their names in {@link Field} and {@link Filter}
 * matcher  := type:u8 label:string value:string            // 0 =, 1 !=, 2 =~, 3 !~
 * literal  := 0 text:string | 1 whole:i64 | 2 real:f64 | 3 bool:u8
 * </pre>
 */
final class FilterCodec {

  private static final int AND = 0;
  private static final int OR = 1;
  private static final int NOT = 2;
  private static final int STREAM = 3;
  private static final int EXISTS = 4;
  private static final int COMPARE = 5;
  private static final int CONTAINS = 6;
  private static final int FINDS = 7;
  private static final int TRACES = 8;
  private static final int CONTAINS_IGNORING_CASE = 9;

  private static final int EQUAL = 0;
  private static final int NOT_EQUAL = 1;
  private static final int MATCHES = 2;
  private static final int NOT_MATCHES = 3;

  private static final int TEXT = 0;
  private static final int WHOLE = 1;
  private static final int REAL = 2;
  private static final int BOOL = 3;

  private static final int DEPTH_MAX = 64;

  private FilterCodec() {}

  static void put(BytesOutput out, Filter filter) {
    switch (filter) {
      case Filter.And and -> putAll(out, AND, and.parts());
      case Filter.Or or -> putAll(out, OR, or.parts());
      case Filter.Not not -> {
        out.putByte(NOT);
        put(out, not.part());
      }
      case Filter.Stream stream -> {
        out.putByte(STREAM);
        out.putVarint(stream.matchers().size());
        stream.matchers().forEach(matcher -> putMatcher(out, matcher));
      }
      case Filter.Exists exists -> {
        out.putByte(EXISTS);
        putField(out, exists.field());
      }
      case Filter.Compare compare -> {
        out.putByte(COMPARE);
        putField(out, compare.field());
        out.putString(compare.operator().name());
        putLiteral(out, compare.literal());
      }
      case Filter.Contains contains -> {
        out.putByte(contains.ignoresCase() ? CONTAINS_IGNORING_CASE : CONTAINS);
        putField(out, contains.field());
        out.putLengthAndBytes(contains.needle(), 0, contains.needle().length);
      }
      case Filter.Finds finds -> {
        out.putByte(FINDS);
        putField(out, finds.field());
        out.putVarint(finds.pattern().flags());
        out.putString(finds.pattern().pattern());
      }
      case Filter.Traces traces -> {
        out.putByte(TRACES);
        out.putVarint(traces.ids().size());
        for (TraceKey id : traces.ids()) {
          out.putLong(id.high());
          out.putLong(id.low());
        }
      }
      case Filter.JsonLabel label ->
          throw new IllegalArgumentException(
              "a condition that is no more than necessary: " + label);
    }
  }

  private static void putAll(BytesOutput out, int kind, List<Filter> parts) {
    out.putByte(kind);
    out.putVarint(parts.size());
    parts.forEach(part -> put(out, part));
  }

  private static void putField(BytesOutput out, Field field) {
    out.putString(field.scope().name());
    out.putString(field.name());
  }

  private static void putMatcher(BytesOutput out, LabelMatcher matcher) {
    switch (matcher) {
      case LabelMatcher.Equal m -> putMatcher(out, EQUAL, m.label(), m.value());
      case LabelMatcher.NotEqual m -> putMatcher(out, NOT_EQUAL, m.label(), m.value());
      case LabelMatcher.Matches m -> putMatcher(out, MATCHES, m.label(), m.regex().source());
      case LabelMatcher.NotMatches m -> putMatcher(out, NOT_MATCHES, m.label(), m.regex().source());
    }
  }

  private static void putMatcher(BytesOutput out, int type, String label, String value) {
    out.putByte(type);
    out.putString(label);
    out.putString(value);
  }

  private static void putLiteral(BytesOutput out, Filter.Literal literal) {
    switch (literal) {
      case Filter.Literal.Text text -> {
        out.putByte(TEXT);
        out.putString(text.value());
      }
      case Filter.Literal.Whole whole -> {
        out.putByte(WHOLE);
        out.putLong(whole.value());
      }
      case Filter.Literal.Real real -> {
        out.putByte(REAL);
        out.putLong(Double.doubleToRawLongBits(real.value()));
      }
      case Filter.Literal.Bool bool -> {
        out.putByte(BOOL);
        out.putByte(bool.value() ? 1 : 0);
      }
    }
  }

  /**
   * The filter that {@link #put} wrote.
   *
   * @throws DamagedDataException if the bytes are no filter
   */
  static Filter get(BytesInput in) throws DamagedDataException {
    return get(in, 0);
  }

  private static Filter get(BytesInput in, int depth) throws DamagedDataException {
    if (depth > DEPTH_MAX) {
      throw new DamagedDataException("a filter is at most %d deep".formatted(DEPTH_MAX));
    }
    int kind = in.getByte();
    return switch (kind) {
      case AND -> new Filter.And(all(in, depth));
      case OR -> new Filter.Or(all(in, depth));
      case NOT -> new Filter.Not(get(in, depth + 1));
      case STREAM -> new Filter.Stream(matchers(in));
      case EXISTS -> new Filter.Exists(field(in));
      case COMPARE ->
          new Filter.Compare(
              field(in), constant(Filter.Operator.class, in.getString()), literal(in));
      case CONTAINS -> new Filter.Contains(field(in), in.getLengthAndBytes());
      case CONTAINS_IGNORING_CASE -> new Filter.Contains(field(in), in.getLengthAndBytes(), true);
      case FINDS -> finds(in);
      case TRACES -> new Filter.Traces(traces(in));
      default -> throw new DamagedDataException("a filter's kind must be 0 to 9, got " + kind);
    };
  }

  private static List<Filter> all(BytesInput in, int depth) throws DamagedDataException {
    List<Filter> parts = new ArrayList<>();
    for (int left = in.getVarint(in.remaining()); left > 0; left--) {
      parts.add(get(in, depth + 1));
    }
    return parts;
  }

  private static Field field(BytesInput in) throws DamagedDataException {
    return new Field(constant(Field.Scope.class, in.getString()), in.getString());
  }

  private static List<LabelMatcher> matchers(BytesInput in) throws DamagedDataException {
    List<LabelMatcher> matchers = new ArrayList<>();
    for (int left = in.getVarint(in.remaining()); left > 0; left--) {
      matchers.add(matcher(in));
    }
    return matchers;
  }

  private static LabelMatcher matcher(BytesInput in) throws DamagedDataException {
    int type = in.getByte();
    String label = in.getString();
    String value = in.getString();
    try {
      return switch (type) {
        case EQUAL -> new LabelMatcher.Equal(label, value);
        case NOT_EQUAL -> new LabelMatcher.NotEqual(label, value);
        case MATCHES -> new LabelMatcher.Matches(label, AnchoredRegex.compile(value));
        case NOT_MATCHES -> new LabelMatcher.NotMatches(label, AnchoredRegex.compile(value));
        default -> throw new DamagedDataException("a matcher's type must be 0 to 3, got " + type);
      };
    } catch (IllegalArgumentException e) {
      throw new DamagedDataException("a matcher must be valid, got '%s'".formatted(value), e);
    }
  }

  private static Filter.Literal literal(BytesInput in) throws DamagedDataException {
    int type = in.getByte();
    return switch (type) {
      case TEXT -> new Filter.Literal.Text(in.getString());
      case WHOLE -> new Filter.Literal.Whole(in.getLong());
      case REAL -> new Filter.Literal.Real(Double.longBitsToDouble(in.getLong()));
      case BOOL -> new Filter.Literal.Bool(in.getByte() != 0);
      default -> throw new DamagedDataException("a constant's type must be 0 to 3, got " + type);
    };
  }

  private static Filter finds(BytesInput in) throws DamagedDataException {
    Field field = field(in);
    int flags = in.getVarint(Integer.MAX_VALUE);
    String expression = in.getString();
    try {
      return new Filter.Finds(field, Pattern.compile(expression, flags));
    } catch (PatternSyntaxException | IllegalArgumentException e) {
      throw new DamagedDataException(
          "a filter's expression must compile, got '%s'".formatted(expression), e);
    }
  }

  private static Set<TraceKey> traces(BytesInput in) throws DamagedDataException {
    Set<TraceKey> ids = new HashSet<>();
    for (int left = in.getVarint(in.remaining()); left > 0; left--) {
      ids.add(new TraceKey(in.getLong(), in.getLong()));
    }
    return ids;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name)
      throws DamagedDataException {
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new DamagedDataException("a filter has an unknown word: '%s'".formatted(name), e);
    }
  }
}
