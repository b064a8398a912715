package io.ghostworks.traceql.ast;

import java.util.Locale;

/** A span's kind, numbered as the language numbers it, which is not OTLP's way. */
public enum SpanKind {
  UNSPECIFIED(0),
  INTERNAL(1),
  CLIENT(3),
  SERVER(2),
  PRODUCER(4),
  CONSUMER(5);

  private static final SpanKind[] BY_OTLP = {
    UNSPECIFIED, INTERNAL, SERVER, CLIENT, PRODUCER, CONSUMER
  };

  private final int otlp;

  SpanKind(int otlp) {
    this.otlp = otlp;
  }

  /** From OTLP's number, 0 to 5; anything else is unspecified. */
  public static SpanKind ofOtlp(long kind) {
    return kind >= 0 && kind < BY_OTLP.length ? BY_OTLP[(int) kind] : UNSPECIFIED;
  }

  /** OTLP's number. */
  public int otlp() {
    return otlp;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
