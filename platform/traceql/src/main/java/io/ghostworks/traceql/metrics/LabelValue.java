package io.ghostworks.traceql.metrics;

/**
 * The value of a label, typed as OTLP's {@code AnyValue} types it. What TraceQL has beyond these
 * types (durations, statuses, kinds) is a text, as Tempo answers it.
 */
public sealed interface LabelValue {

  /** What a label says whose attribute has no value. */
  LabelValue NIL = new Text("nil");

  record Text(String value) implements LabelValue {}

  record Whole(long value) implements LabelValue {}

  record Real(double value) implements LabelValue {}

  record Bool(boolean value) implements LabelValue {}
}
