package io.ghostworks.records;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.time.Duration;
import java.util.Comparator;

/**
 * How long rows are kept. A row's class is decided at admission and stored with it; a part holds
 * rows of one class and one UTC day.
 *
 * <pre>
 * class := 0 | 1 | 2                       // log records, audit logs, traces that no rule is about
 *        | 3 name:string keepSeconds:varint   // of a rule
 *        | 4                                  // of kept traces
 * </pre>
 *
 * @param code the first byte
 * @param name of the rule, or the name of the built-in class
 * @param keepSeconds what the rule said when the row came: it counts where there is no such rule
 *     any more; 0 for the built-in classes
 */
public record RetentionClass(int code, String name, long keepSeconds)
    implements Comparable<RetentionClass> {

  public static final RetentionClass LOGS = new RetentionClass(0, "logs", 0);
  public static final RetentionClass AUDIT_LOGS = new RetentionClass(1, "audit", 0);
  public static final RetentionClass TRACES = new RetentionClass(2, "traces", 0);

  /** Rows of traces that are kept without end, beside the same rows in their own class. */
  public static final RetentionClass KEPT = new RetentionClass(4, "kept", 0);

  private static final int OF_RULE = 3;
  private static final Comparator<RetentionClass> ORDER =
      Comparator.comparingInt(RetentionClass::code)
          .thenComparing(RetentionClass::name)
          .thenComparingLong(RetentionClass::keepSeconds);

  /** The class of a rule. */
  static RetentionClass ofRule(String name, Duration keep) {
    return new RetentionClass(OF_RULE, name, keep.toSeconds());
  }

  boolean isOfRule() {
    return code == OF_RULE;
  }

  /** Whether its rows end with their retention only. */
  boolean refusesDeletes() {
    return equals(AUDIT_LOGS);
  }

  void put(BytesOutput out) {
    out.putByte(code);
    if (isOfRule()) {
      out.putString(name);
      out.putVarint(keepSeconds);
    }
  }

  /**
   * The class that {@link #put} wrote.
   *
   * @throws DamagedDataException if the bytes are none
   */
  static RetentionClass get(BytesInput in) throws DamagedDataException {
    int code = in.getByte();
    return switch (code) {
      case 0 -> LOGS;
      case 1 -> AUDIT_LOGS;
      case 2 -> TRACES;
      case OF_RULE -> new RetentionClass(OF_RULE, in.getString(), in.getVarint());
      case 4 -> KEPT;
      default ->
          throw new DamagedDataException("a retention class must be from 0 to 4, got " + code);
    };
  }

  @Override
  public int compareTo(RetentionClass other) {
    return ORDER.compare(this, other);
  }
}
