package io.ghostworks.server.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.http.Json;
import io.ghostworks.traceql.analysis.Arrival;
import io.ghostworks.traceql.analysis.CriticalPath;
import io.ghostworks.traceql.analysis.FirstCause;
import io.ghostworks.traceql.analysis.OperationTime;
import io.ghostworks.traceql.analysis.TraceAnalysis;
import io.ghostworks.traceql.trace.TraceSummary;
import io.ghostworks.traceql.trace.TraceTree;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/**
 * The analysis of a trace as JSON. Times are texts of nanoseconds since the epoch, as in OTLP;
 * durations are numbers of nanoseconds. Lists are bounded; how long they would be is told.
 */
public final class TraceAnalysisJson {
  private static final int LIST_MAX = 1_000;
  private static final int CHAIN_MAX = 100;
  private static final int STATUS_ERROR = 2;

  private final SpanBatch spans;
  private final TraceTree tree;
  private final TraceAnalysis analysis;
  private final SpanJson span;

  private TraceAnalysisJson(SpanBatch spans, TraceTree tree, TraceAnalysis analysis) {
    this.spans = spans;
    this.tree = tree;
    this.analysis = analysis;
    this.span = new SpanJson(spans);
  }

  public static byte[] of(SpanBatch spans, TraceTree tree, TraceAnalysis analysis) {
    return Json.bytes(new TraceAnalysisJson(spans, tree, analysis)::write);
  }

  private void write(JsonGenerator json) throws IOException {
    TraceSummary summary = TraceSummary.of(spans);
    json.writeStartObject();
    json.writeStringField("traceId", new TraceKey(spans.traceIdHigh(0), spans.traceIdLow(0)).hex());
    json.writeStringField("startTimeUnixNano", Long.toString(summary.startNanos()));
    json.writeNumberField("durationNanos", summary.durationNanos());
    json.writeNumberField("spans", summary.spans());
    json.writeNumberField("errors", summary.errors());
    if (summary.hasRoot()) {
      json.writeStringField("rootService", summary.rootService());
      json.writeStringField("rootName", summary.rootName());
    }
    arrival(json);
    oddities(json);
    criticalPath(json);
    times(json, "services", analysis.services(), false);
    times(json, "operations", analysis.operations(), true);
    if (analysis.firstCause().isPresent()) {
      firstCause(json, analysis.firstCause().get());
    }
    json.writeEndObject();
  }

  private void arrival(JsonGenerator json) throws IOException {
    Arrival arrival = analysis.arrival();
    json.writeObjectFieldStart("arrival");
    json.writeBooleanField("complete", arrival.complete());
    json.writeBooleanField("arriving", arrival.arriving());
    json.writeNumberField("quietNanos", arrival.quietNanos());
    json.writeBooleanField("rootMissing", arrival.rootMissing());
    json.writeNumberField("parentsMissing", arrival.missing());
    json.writeArrayFieldStart("missingParents");
    for (long id : arrival.missingParents()) {
      json.writeString(HexFormat.of().toHexDigits(id));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** How many spans have what a trace should not have. */
  private void oddities(JsonGenerator json) throws IOException {
    int orphans = 0;
    int cycles = 0;
    int duplicates = 0;
    int skewed = 0;
    int negative = 0;
    for (int row = 0; row < tree.size(); row++) {
      orphans += tree.isOrphan(row) ? 1 : 0;
      cycles += tree.isCut(row) ? 1 : 0;
      duplicates += tree.isDuplicate(row) ? 1 : 0;
      skewed += tree.skewNanos(row) > 0 ? 1 : 0;
      negative += tree.durationNanos(row) < 0 ? 1 : 0;
    }
    json.writeObjectFieldStart("oddities");
    json.writeNumberField("parentMissing", orphans);
    json.writeNumberField("cycles", cycles);
    json.writeNumberField("duplicateIds", duplicates);
    json.writeNumberField("beforeParent", skewed);
    json.writeNumberField("negativeDurations", negative);
    json.writeEndObject();
  }

  private void criticalPath(JsonGenerator json) throws IOException {
    CriticalPath path = analysis.criticalPath();
    json.writeNumberField("criticalSections", path.sections());
    json.writeArrayFieldStart("criticalPath");
    for (int section = 0; section < Math.min(LIST_MAX, path.sections()); section++) {
      json.writeStartObject();
      span.fields(json, path.row(section));
      json.writeStringField("startTimeUnixNano", Long.toString(path.startNanos(section)));
      json.writeNumberField("durationNanos", path.endNanos(section) - path.startNanos(section));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void times(
      JsonGenerator json, String name, List<OperationTime> times, boolean operations)
      throws IOException {
    json.writeNumberField(name + "Found", times.size());
    json.writeArrayFieldStart(name);
    for (OperationTime time : times.subList(0, Math.min(LIST_MAX, times.size()))) {
      json.writeStartObject();
      json.writeStringField("service", time.service());
      if (operations) {
        json.writeStringField("name", time.operation());
      }
      json.writeNumberField("spans", time.spans());
      json.writeNumberField("errors", time.errors());
      json.writeNumberField("totalNanos", time.totalNanos());
      json.writeNumberField("selfNanos", time.selfNanos());
      json.writeNumberField("criticalNanos", time.criticalNanos());
      json.writeNumberField("longestNanos", time.longestNanos());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void firstCause(JsonGenerator json, FirstCause cause) throws IOException {
    json.writeObjectFieldStart("firstCause");
    span.fields(json, cause.row());
    json.writeStringField("failedTimeUnixNano", Long.toString(cause.failedNanos()));
    json.writeStringField("statusMessage", spans.arena().text(spans.statusMessage(cause.row())));
    if (cause.exception().isPresent()) {
      FirstCause.RecordedException exception = cause.exception().get();
      json.writeObjectFieldStart("exception");
      json.writeStringField("timeUnixNano", Long.toString(exception.timeNanos()));
      json.writeStringField("type", exception.type());
      json.writeStringField("message", exception.message());
      json.writeStringField("stacktrace", exception.stacktrace());
      json.writeEndObject();
    }
    json.writeNumberField("otherCauses", cause.others());
    int length = cause.chain().size();
    json.writeNumberField("chainLength", length);
    json.writeArrayFieldStart("chain");
    for (int row : cause.chain().subList(Math.max(0, length - CHAIN_MAX), length)) {
      json.writeStartObject();
      span.fields(json, row);
      json.writeBooleanField("failed", spans.statusCode(row) == STATUS_ERROR);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
