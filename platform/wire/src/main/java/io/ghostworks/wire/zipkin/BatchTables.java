package io.ghostworks.wire.zipkin;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.EntryBudget;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The batch that spans of a request become, with its distinct resources and scopes. */
final class BatchTables {

  static final long NANOS_PER_MICRO = 1_000;

  /** An attribute that says that the sender gave no start; what is stored was made up. */
  static final String START_ABSENT = "otel.zipkin.absentField.startTime";

  /** An attribute that says that the span was to be kept whatever the sampler says. */
  static final String DEBUG = "zipkin.debug";

  /** An attribute that says that the span has the id of its client's span. */
  static final String SHARED = "zipkin.shared";

  private final OtlpLimits limits;
  private final SpanBatch batch = new SpanBatch();
  private final RejectionTally rejections = new RejectionTally();
  private final EntryBudget budget;
  private final Map<List<Map.Entry<String, String>>, Integer> resources = new HashMap<>();
  private final Map<Map.Entry<String, String>, Integer> scopes = new HashMap<>();

  BatchTables(OtlpLimits limits) {
    this.limits = limits;
    this.budget = new EntryBudget(limits.entriesMax());
  }

  SpanBatch batch() {
    return batch;
  }

  EntryBudget budget() {
    return budget;
  }

  Decoded<SpanBatch> decoded() {
    return new Decoded<>(batch, rejections.toList());
  }

  /** Whether one more row may be added; counts it as refused if not. */
  boolean hasRoom() {
    if (batch.rows() < limits.rowsMax()) {
      return true;
    }
    rejections.add(
        Reason.LIMIT_EXCEEDED,
        () -> "a request may have at most %d spans".formatted(limits.rowsMax()));
    return false;
  }

  /** Counts a span that cannot be stored. */
  void refuse(String why) {
    batch.dropOpenRow();
    rejections.add(Reason.INVALID_ROW, () -> why);
  }

  /** The number of the resource with these attributes, all of them texts. */
  int resource(List<Map.Entry<String, String>> attributes) {
    return resources.computeIfAbsent(
        List.copyOf(attributes),
        texts -> {
          budget.take(texts.size() + 1);
          AttributeColumns into = batch.resources().attributes();
          texts.forEach(text -> into.add(text.getKey(), text.getValue()));
          return batch.resources().end(ByteArena.EMPTY, 0);
        });
  }

  int scope(String name, String version) {
    return scopes.computeIfAbsent(
        Map.entry(name, version),
        scope -> {
          budget.take(1);
          return batch
              .scopes()
              .end(batch.arena().append(name), batch.arena().append(version), ByteArena.EMPTY, 0);
        });
  }

  /** Microseconds as nanoseconds, at most the largest there are; 0 for what lies before 1970. */
  static long nanos(long micros) {
    return Math.clamp(micros, 0, Long.MAX_VALUE / NANOS_PER_MICRO) * NANOS_PER_MICRO;
  }

  /** The end of what begins at a time, at most the largest time there is. */
  static long end(long startNanos, long durationMicros) {
    long duration = nanos(durationMicros);
    return startNanos > Long.MAX_VALUE - duration ? Long.MAX_VALUE : startNanos + duration;
  }
}
