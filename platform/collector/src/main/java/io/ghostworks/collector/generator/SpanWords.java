package io.ghostworks.collector.generator;

/** The names of OTLP's enumerations, as labels have them. */
final class SpanWords {
  static final int KIND_SERVER = 2;
  static final int KIND_CLIENT = 3;
  static final int KIND_PRODUCER = 4;
  static final int KIND_CONSUMER = 5;
  static final int STATUS_ERROR = 2;

  private static final String[] KINDS = {
    "SPAN_KIND_UNSPECIFIED",
    "SPAN_KIND_INTERNAL",
    "SPAN_KIND_SERVER",
    "SPAN_KIND_CLIENT",
    "SPAN_KIND_PRODUCER",
    "SPAN_KIND_CONSUMER"
  };
  private static final String[] STATUSES = {
    "STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"
  };

  private SpanWords() {}

  static String kind(int kind) {
    return kind >= 0 && kind < KINDS.length ? KINDS[kind] : Integer.toString(kind);
  }

  static String status(int code) {
    return code >= 0 && code < STATUSES.length ? STATUSES[code] : Integer.toString(code);
  }

  static boolean isCaller(int kind) {
    return kind == KIND_CLIENT || kind == KIND_PRODUCER;
  }

  static boolean isCalled(int kind) {
    return kind == KIND_SERVER || kind == KIND_CONSUMER;
  }
}
