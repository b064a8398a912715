package io.ghostworks.traceql.metrics;

import io.ghostworks.config.DurationForm;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ArrayElements;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.RecordBlock;
import io.ghostworks.traceql.ast.SpanKind;
import io.ghostworks.traceql.ast.SpanStatus;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads columns of spans as values of the language. Used by one thread. */
final class ColumnValues {

  private static final int UNKNOWN = -1;

  private final ValueTable table;
  private int[] numberOfCode = new int[64];

  /**
   * @param table that numbers the values
   */
  ColumnValues(ValueTable table) {
    this.table = table;
  }

  /** The number of each row's value as a label. */
  void numbers(RecordBlock.Column column, SpanField.Form form, int rows, int[] out) {
    switch (column) {
      case RecordBlock.Numbers numbers -> {
        long last = 0;
        int number = ValueTable.NONE;
        for (int row = 0; row < rows; row++) {
          long value = numbers.values()[row];
          if (row == 0 || value != last) {
            number = table.number(label(value, form));
            last = value;
          }
          out[row] = number;
        }
      }
      case RecordBlock.Values values -> {
        int[] codes = values.codes();
        if (codes == null) {
          each(values.values(), form, rows, out);
        } else {
          coded(values.values(), codes, form, rows, out);
        }
      }
    }
  }

  private void each(ValueColumn values, SpanField.Form form, int rows, int[] out) {
    for (int row = 0; row < rows; row++) {
      out[row] =
          row > 0
                  && values.type(row) == values.type(row - 1)
                  && values.payload(row) == values.payload(row - 1)
              ? out[row - 1]
              : number(values, row, form);
    }
  }

  private void coded(ValueColumn values, int[] codes, SpanField.Form form, int rows, int[] out) {
    if (values.size() > numberOfCode.length) {
      numberOfCode = new int[Math.max(values.size(), 2 * numberOfCode.length)];
    }
    Arrays.fill(numberOfCode, 0, values.size(), UNKNOWN);
    int absent = UNKNOWN;
    for (int row = 0; row < rows; row++) {
      int code = codes[row];
      if (code < 0) {
        absent = absent == UNKNOWN ? absent(form) : absent;
        out[row] = absent;
      } else {
        int number = numberOfCode[code];
        if (number == UNKNOWN) {
          number = number(values, code, form);
          numberOfCode[code] = number;
        }
        out[row] = number;
      }
    }
  }

  private int absent(SpanField.Form form) {
    return switch (form) {
      case TEXT, LINK_TRACE_ID -> table.number("");
      case SPAN_ID, LINK_SPAN_ID -> table.number("0000000000000000");
      case DURATION -> table.number(label(0, form));
      case VALUE, STATUS, KIND, TRACE_ID -> ValueTable.NONE;
    };
  }

  private int number(ValueColumn values, int index, SpanField.Form form) {
    byte type = values.type(index);
    long payload = values.payload(index);
    if (type == ValueColumn.NONE) {
      return absent(form);
    }
    if (form == SpanField.Form.TRACE_ID || form == SpanField.Form.SPAN_ID) {
      return table.number(id(values.arena(), payload, form));
    }
    if (form == SpanField.Form.LINK_TRACE_ID) {
      return table.number(withoutZeros(values.string(index)));
    }
    return switch (type) {
      case ValueColumn.STRING ->
          table.text(values.arena().array(), ByteArena.offset(payload), ByteArena.length(payload));
      case ValueColumn.INT, ValueColumn.DOUBLE, ValueColumn.BOOL ->
          form == SpanField.Form.VALUE
              ? table.number(type, payload)
              : table.number(label(payload, form));
      case ValueColumn.ARRAY -> array(values.arena(), payload);
      default -> ValueTable.NONE;
    };
  }

  /** An array of one value is that value; others have no form as a label. */
  private int array(ByteArena arena, long payload) {
    ArrayElements elements = new ArrayElements(arena, payload);
    if (!elements.next()) {
      return ValueTable.NONE;
    }
    byte type = elements.type();
    long first = elements.payload();
    if (elements.next()) {
      return table.number(LabelValue.NIL);
    }
    return switch (type) {
      case ValueColumn.STRING ->
          table.text(arena.array(), ByteArena.offset(first), ByteArena.length(first));
      case ValueColumn.INT, ValueColumn.DOUBLE, ValueColumn.BOOL -> table.number(type, first);
      default -> ValueTable.NONE;
    };
  }

  private static String id(ByteArena arena, long payload, SpanField.Form form) {
    StringBuilder hex = new StringBuilder(32);
    byte[] bytes = arena.array();
    int from = ByteArena.offset(payload);
    for (int i = from; i < from + ByteArena.length(payload); i++) {
      hex.append(Character.forDigit((bytes[i] >> 4) & 0xf, 16));
      hex.append(Character.forDigit(bytes[i] & 0xf, 16));
    }
    return form == SpanField.Form.SPAN_ID ? hex.toString() : withoutZeros(hex.toString());
  }

  private static String withoutZeros(String hex) {
    int zeros = 0;
    while (zeros < hex.length() && hex.charAt(zeros) == '0') {
      zeros++;
    }
    return hex.substring(zeros);
  }

  /** What the sender set, as a label; what has no form as one is shown as no value. */
  static LabelValue label(ValueColumn values, int index) {
    long payload = values.payload(index);
    return switch (values.type(index)) {
      case ValueColumn.STRING -> new LabelValue.Text(values.string(index));
      case ValueColumn.BOOL -> new LabelValue.Bool(payload != 0);
      case ValueColumn.INT -> new LabelValue.Whole(payload);
      case ValueColumn.DOUBLE -> new LabelValue.Real(values.doubleValue(index));
      default -> LabelValue.NIL;
    };
  }

  /** A number of a column as a label. */
  private static LabelValue label(long value, SpanField.Form form) {
    return switch (form) {
      case DURATION ->
          new LabelValue.Text(DurationForm.GO.format(Duration.ofNanos(Math.max(0, value))));
      case STATUS -> new LabelValue.Text(SpanStatus.ofOtlp(value).toString());
      case KIND -> new LabelValue.Text(SpanKind.ofOtlp(value).toString());
      case VALUE, TEXT, TRACE_ID, SPAN_ID, LINK_TRACE_ID, LINK_SPAN_ID ->
          new LabelValue.Whole(value);
    };
  }

  /**
   * Each row's value as a number.
   *
   * @param absent what a row has that has none
   * @param wholeOnly whether floating point numbers are none either
   * @param divisor by which it is divided
   */
  static void doubles(
      RecordBlock.Column column,
      boolean wholeOnly,
      double absent,
      double divisor,
      int rows,
      double[] out) {
    switch (column) {
      case RecordBlock.Numbers numbers -> {
        long[] values = numbers.values();
        // The one value of spans that is stored as a number is their duration.
        for (int row = 0; row < rows; row++) {
          out[row] = Math.max(0, values[row]) / divisor;
        }
      }
      case RecordBlock.Values values -> {
        int @Nullable [] codes = values.codes();
        for (int row = 0; row < rows; row++) {
          int at = codes == null ? row : codes[row];
          boolean none = at < 0 || values.values().type(at) == ValueColumn.NONE;
          out[row] = none ? absent : number(values.values(), at, wholeOnly) / divisor;
        }
      }
    }
  }

  private static double number(ValueColumn values, int index, boolean wholeOnly) {
    byte type = values.type(index);
    long payload = values.payload(index);
    if (type != ValueColumn.ARRAY) {
      return number(type, payload, wholeOnly);
    }
    ArrayElements elements = new ArrayElements(values.arena(), payload);
    if (!elements.next()) {
      return Double.NaN;
    }
    double first = number(elements.type(), elements.payload(), wholeOnly);
    return elements.next() ? Double.NaN : first;
  }

  private static double number(byte type, long payload, boolean wholeOnly) {
    return switch (type) {
      case ValueColumn.INT -> payload;
      case ValueColumn.DOUBLE -> wholeOnly ? Double.NaN : Double.longBitsToDouble(payload);
      default -> Double.NaN;
    };
  }
}
