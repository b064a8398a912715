package io.ghostworks.server.tempo.diff;

/** What limits a comparison. */
record Warning(String code, String message) {

  static final String HIGH_CARDINALITY = "high_cardinality_span_name";
  static final String INVALID_DURATION = "invalid_duration";
  static final String NO_SPANS = "zero_span_trace";
  static final String DUPLICATE_ID = "duplicate_span_id";

  /** Of a warning that both traces give one is told, unless it names its trace. */
  String identity() {
    return code.equals(HIGH_CARDINALITY) ? code : code + '\0' + message;
  }
}
