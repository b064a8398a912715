package io.ghostworks.wire.jaeger;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.EntryBudget;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of Jaeger's spans, whichever encoding they came in: a reader fills {@link #tags},
 * {@link #references} and the fields of one span, and ends it. Not thread-safe.
 *
 * <p>Source: the behaviour of opentelemetry-collector-contrib pkg/translator/jaeger. It differs in
 * that scope and trace state are found in Thrift too, and that a span without an id is refused.
 */
final class SpanRows {

  /** The name of a service that stands for none, as the Collector's exporter writes it. */
  private static final String NO_SERVICE = "OTLPResourceNoServiceName";

  private static final long NANOS_PER_MICRO = 1_000;
  private static final int SAMPLED = 1;
  private static final int STATUS_UNSET = 0;
  private static final int STATUS_OK = 1;
  private static final int STATUS_ERROR = 2;
  private static final int KIND_SERVER = 2;
  private static final int KIND_CLIENT = 3;

  /** What came of a scope's name and version, one number each. */
  private record Scope(String name, String version) {}

  private final byte[] source;
  private final OtlpLimits limits;
  private final SpanBatch batch = new SpanBatch();
  private final RejectionTally rejections = new RejectionTally();
  private final EntryBudget budget;
  private final Map<Scope, Integer> scopes = new HashMap<>();
  private final TagList tags;
  private final TagList fields;
  private final References references = new References();
  private int noScope = -1;
  private int noResource = -1;
  private int kind;
  private int statusCode;
  private long statusMessage;

  long traceIdHigh;
  long traceIdLow;
  long spanId;

  /** As the span says itself; 0 where only its references do. */
  long parentSpanId;

  /** A slice of the request. */
  long name;

  int flags;
  long startNanos;
  long durationNanos;

  SpanRows(byte[] source, OtlpLimits limits) {
    this.source = source;
    this.limits = limits;
    this.budget = new EntryBudget(limits.entriesMax());
    this.tags = new TagList(source, batch, budget);
    this.fields = new TagList(source, batch, budget);
  }

  /** Tags of the span or process that is read. */
  TagList tags() {
    return tags;
  }

  /** Fields of the log that is read. */
  TagList fields() {
    return fields;
  }

  Decoded<SpanBatch> decoded() {
    return new Decoded<>(batch, rejections.toList());
  }

  /** Counts spans that are not read, beyond the limit of a request. */
  boolean hasRoom() {
    if (batch.rows() < limits.rowsMax()) {
      return true;
    }
    rejections.add(
        Reason.LIMIT_EXCEEDED,
        () -> "a request may have at most %d spans".formatted(limits.rowsMax()));
    return false;
  }

  /**
   * Makes a resource of a process, whose tags have been read.
   *
   * @param service the service's name, a slice of the request
   */
  int endProcess(long service) {
    budget.take(1);
    if (!isNoService(service)) {
      tags.writeProcess(batch.resources().attributes(), service);
    }
    tags.clear();
    return batch.resources().end(ByteArena.EMPTY, 0);
  }

  private boolean isNoService(long service) {
    return ByteArena.length(service) == NO_SERVICE.length()
        && new String(
                source,
                ByteArena.offset(service),
                ByteArena.length(service),
                java.nio.charset.StandardCharsets.UTF_8)
            .equals(NO_SERVICE);
  }

  /** The resource of spans that have no process. */
  int noProcess() {
    if (noResource < 0) {
      noResource = batch.resources().end(ByteArena.EMPTY, 0);
    }
    return noResource;
  }

  void beginSpan() {
    tags.clear();
    references.clear();
    traceIdHigh = 0;
    traceIdLow = 0;
    spanId = 0;
    parentSpanId = 0;
    name = ByteArena.EMPTY;
    flags = 0;
    startNanos = 0;
    durationNanos = 0;
  }

  void reference(int type, long high, long low, long span) {
    budget.take(1);
    references.add(type, high, low, span);
  }

  void beginLog() {
    budget.take(1);
    fields.clear();
  }

  /** Makes an event of a log, whose fields have been read. */
  void endLog(long timeNanos) {
    long eventName = fields.copiedText(ReservedTags.EVENT);
    fields.remove(ReservedTags.EVENT);
    fields.write(batch.events().attributes());
    batch.events().end(timeNanos, eventName, 0);
  }

  /**
   * Makes a row of the span.
   *
   * @param problem why it cannot be one, if that is known already
   */
  void endSpan(int resource, @Nullable String problem) {
    String wrong =
        problem != null
            ? problem
            : (traceIdHigh | traceIdLow) == 0
                ? "trace_id must not be zero"
                : spanId == 0 ? "span_id must not be zero" : null;
    if (wrong != null) {
      batch.dropOpenRow();
      rejections.add(Reason.INVALID_ROW, () -> wrong);
      return;
    }
    long parent = parentSpanId != 0 ? parentSpanId : references.parent(traceIdHigh, traceIdLow);
    references.write(batch.links(), parent);
    kind = kind();
    tags.remove(ReservedTags.SPAN_KIND);
    decideStatus();
    long traceState = tags.copiedText(ReservedTags.TRACE_STATE);
    tags.remove(ReservedTags.TRACE_STATE);
    int scope = scope();
    tags.write(batch.attributes());
    batch.endRow(
        resource,
        scope,
        traceIdHigh,
        traceIdLow,
        spanId,
        parent,
        traceState,
        flags & SAMPLED,
        TagList.copied(source, name, batch.arena()),
        kind,
        startNanos,
        sum(startNanos, durationNanos),
        statusCode,
        statusMessage,
        0,
        0,
        0);
  }

  private int kind() {
    if (!tags.has(ReservedTags.SPAN_KIND)) {
      return 0;
    }
    return switch (tags.text(ReservedTags.SPAN_KIND)) {
      case "internal" -> 1;
      case "server" -> KIND_SERVER;
      case "client" -> KIND_CLIENT;
      case "producer" -> 4;
      case "consumer" -> 5;
      default -> 0;
    };
  }

  private void decideStatus() {
    statusCode = STATUS_UNSET;
    statusMessage = ByteArena.EMPTY;
    boolean failed = tags.isTrue(ReservedTags.ERROR);
    if (failed) {
      tags.remove(ReservedTags.ERROR);
      statusCode = STATUS_ERROR;
      statusMessage =
          tags.has(ReservedTags.STATUS_DESCRIPTION)
              ? description()
              : tags.copiedText(ReservedTags.HTTP_STATUS_MESSAGE);
    }
    if (tags.has(ReservedTags.STATUS_CODE)) {
      if (!failed) {
        statusCode =
            switch (tags.text(ReservedTags.STATUS_CODE).toUpperCase(Locale.ROOT)) {
              case "OK" -> STATUS_OK;
              case "ERROR" -> STATUS_ERROR;
              default -> STATUS_UNSET;
            };
        statusMessage = description();
      }
      tags.remove(ReservedTags.STATUS_CODE);
    } else if (!failed && statusOfHttp() == STATUS_ERROR) {
      statusCode = STATUS_ERROR;
      statusMessage = tags.copiedText(ReservedTags.HTTP_STATUS_MESSAGE);
    }
  }

  private long description() {
    long text = tags.copiedText(ReservedTags.STATUS_DESCRIPTION);
    tags.remove(ReservedTags.STATUS_DESCRIPTION);
    return text;
  }

  private int statusOfHttp() {
    Long code = tags.number(ReservedTags.HTTP_STATUS_CODE);
    if (code == null) {
      return STATUS_UNSET;
    }
    if (code >= 400 && code < 500 && kind == KIND_SERVER) {
      return STATUS_UNSET;
    }
    return code >= 100 && code < 400 ? STATUS_UNSET : STATUS_ERROR;
  }

  private int scope() {
    int nameTag = ReservedTags.SCOPE_NAME;
    int versionTag = ReservedTags.SCOPE_VERSION;
    if (!tags.has(nameTag)) {
      nameTag = ReservedTags.LIBRARY_NAME;
      versionTag = ReservedTags.LIBRARY_VERSION;
    }
    if (!tags.has(nameTag)) {
      if (noScope < 0) {
        noScope = batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
      }
      return noScope;
    }
    tags.remove(nameTag);
    tags.remove(versionTag);
    return scopes.computeIfAbsent(
        new Scope(tags.text(nameTag), tags.text(versionTag)),
        scope -> {
          budget.take(1);
          return batch
              .scopes()
              .end(
                  batch.arena().append(scope.name()),
                  batch.arena().append(scope.version()),
                  ByteArena.EMPTY,
                  0);
        });
  }

  /** Microseconds as nanoseconds, at most the largest there are. */
  static long nanos(long micros) {
    return Math.clamp(micros, Long.MIN_VALUE / NANOS_PER_MICRO, Long.MAX_VALUE / NANOS_PER_MICRO)
        * NANOS_PER_MICRO;
  }

  /** A sum, at most the largest number there is. */
  static long sum(long a, long b) {
    long sum = a + b;
    boolean overflows = ((a ^ sum) & (b ^ sum)) < 0;
    return overflows ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }
}
