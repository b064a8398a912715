package io.ghostworks.records;

import io.ghostworks.storage.bytes.DamagedDataException;
import java.time.Duration;

/**
 * How long rows are kept. A row's class is decided at admission and stored with it; a part holds
 * rows of one class and one UTC day.
 */
public enum RetentionClass {
  LOGS(0),
  AUDIT_LOGS(1),
  TRACES(2);

  private final int code;

  RetentionClass(int code) {
    this.code = code;
  }

  /** The number that stands for it in files. */
  int code() {
    return code;
  }

  /** Whether its rows end with their retention only. */
  boolean refusesDeletes() {
    return this == AUDIT_LOGS;
  }

  /**
   * The class of a number.
   *
   * @throws DamagedDataException if no class has it
   */
  static RetentionClass of(int code) throws DamagedDataException {
    for (RetentionClass each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    throw new DamagedDataException("a retention class must be from 0 to 2, got " + code);
  }

  /** How long each class is kept. */
  public record Durations(Duration logs, Duration auditLogs, Duration traces) {
    Duration of(RetentionClass retention) {
      return switch (retention) {
        case LOGS -> logs;
        case AUDIT_LOGS -> auditLogs;
        case TRACES -> traces;
      };
    }
  }
}
