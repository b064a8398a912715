package io.ghostworks.traceql.ast;

import java.util.Locale;

/** A span's status, numbered as the language numbers it, which is not OTLP's way. */
public enum SpanStatus {
  ERROR(0),
  OK(1),
  UNSET(2);

  private final int number;

  SpanStatus(int number) {
    this.number = number;
  }

  /** The integer that it equals in a query. */
  public int number() {
    return number;
  }

  /** From OTLP's code: 0 unset, 1 ok, 2 error; anything else is unset. */
  public static SpanStatus ofOtlp(long code) {
    return code == 2 ? ERROR : code == 1 ? OK : UNSET;
  }

  /** OTLP's code. */
  public int otlp() {
    return switch (this) {
      case UNSET -> 0;
      case OK -> 1;
      case ERROR -> 2;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
