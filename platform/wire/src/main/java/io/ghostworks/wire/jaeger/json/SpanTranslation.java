package io.ghostworks.wire.jaeger.json;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes rows of Jaeger's spans: kind, status, scope and trace state become fields, references that
 * are no parent become links.
 *
 * <p>Source: opentelemetry-collector-contrib pkg/translator/jaeger, jaegerproto_to_traces.
 */
final class SpanTranslation {

  private static final int STATUS_OK = 1;
  private static final int STATUS_ERROR = 2;
  private static final int SERVER = 2;
  private static final String HTTP_STATUS = "http.status_code";
  private static final String HTTP_STATUS_MESSAGE = "http.status_message";
  private static final String NO_RESOURCE = "OTLPResourceNoServiceName";

  private final SpanBatch batch;
  private final Map<String, Integer> scopes = new HashMap<>();

  SpanTranslation(SpanBatch batch) {
    this.batch = batch;
  }

  /** Adds a resource and returns its number. */
  int resource(JaegerSpan.Maker process) {
    AttributeColumns attributes = batch.resources().attributes();
    if (!process.serviceName().equals(NO_RESOURCE)) {
      if (!process.serviceName().isEmpty()) {
        attributes.add(ModelTags.SERVICE_NAME, process.serviceName());
      }
      boolean namesHost = process.tags().stream().anyMatch(tag -> tag.key().equals("host.name"));
      for (JaegerTag tag : process.tags()) {
        add(attributes, ofProcess(tag, namesHost));
      }
    }
    return batch.resources().end(ByteArena.EMPTY, 0);
  }

  private static JaegerTag ofProcess(JaegerTag tag, boolean namesHost) {
    return switch (tag.key()) {
      case "hostname" -> namesHost ? tag : new JaegerTag("host.name", tag.value());
      case "jaeger.version" -> new JaegerTag("opencensus.exporterversion", "Jaeger-" + tag.value());
      default -> tag;
    };
  }

  /** Adds a span. */
  void add(int resource, JaegerSpan span) {
    List<JaegerTag> tags = new ArrayList<>(span.tags());
    int scope = scope(tags);
    String kindWord = takeText(tags, JaegerNames.SPAN_KIND);
    int kind = JaegerNames.kindNumber(kindWord);
    Status status = status(tags, kind);
    String traceState = takeText(tags, JaegerNames.TRACE_STATE);
    for (JaegerTag tag : tags) {
      add(batch.attributes(), tag);
    }
    StoredWarnings.add(batch, span.warnings());
    span.logs().forEach(this::event);
    long parent = span.parent();
    span.references().forEach(reference -> link(reference, span, parent));
    batch.endRow(
        resource,
        scope,
        span.traceHigh(),
        span.traceLow(),
        span.id(),
        parent,
        slice(traceState),
        span.flags() & 1,
        slice(span.name()),
        kind,
        span.startNanos(),
        span.startNanos() + span.durationNanos(),
        status.code(),
        slice(status.message()),
        0,
        0,
        0);
  }

  private int scope(List<JaegerTag> tags) {
    String name = takeText(tags, JaegerNames.SCOPE_NAME);
    name = name.isEmpty() ? takeText(tags, "otel.library.name") : name;
    String version = name.isEmpty() ? "" : takeText(tags, JaegerNames.SCOPE_VERSION);
    version =
        name.isEmpty() || !version.isEmpty() ? version : takeText(tags, "otel.library.version");
    String scopeName = name;
    String scopeVersion = version;
    return scopes.computeIfAbsent(
        name + "\0" + version,
        key -> batch.scopes().end(slice(scopeName), slice(scopeVersion), ByteArena.EMPTY, 0));
  }

  private record Status(int code, String message) {
    static final Status UNSET = new Status(0, "");
  }

  /** The tag error is the truth, then the status that was sent, then that of HTTP. */
  private static Status status(List<JaegerTag> tags, int kind) {
    boolean failed = tags.removeIf(tag -> tag.key().equals(JaegerNames.ERROR) && tag.isTrue());
    boolean told = tags.stream().anyMatch(tag -> tag.key().equals(JaegerNames.STATUS_CODE));
    String code = takeText(tags, JaegerNames.STATUS_CODE).toUpperCase(Locale.ROOT);
    if (failed || told) {
      String message = takeText(tags, JaegerNames.STATUS_DESCRIPTION);
      if (failed) {
        return new Status(STATUS_ERROR, message.isEmpty() ? httpMessage(tags) : message);
      }
      int number = code.equals("OK") ? STATUS_OK : code.equals("ERROR") ? STATUS_ERROR : 0;
      return new Status(number, message);
    }
    return httpStatus(tags, kind);
  }

  private static Status httpStatus(List<JaegerTag> tags, int kind) {
    for (JaegerTag tag : tags) {
      if (tag.key().equals(HTTP_STATUS)) {
        long code = wholeNumber(tag.value());
        boolean fine = code < 0 || (code >= 100 && code < 400);
        boolean ofClient = code >= 400 && code < 500 && kind == SERVER;
        if (!fine && !ofClient) {
          return new Status(STATUS_ERROR, httpMessage(tags));
        }
      }
    }
    return Status.UNSET;
  }

  private static long wholeNumber(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof String text && text.matches("[0-9]{1,9}")) {
      return Long.parseLong(text);
    }
    return -1;
  }

  private static String httpMessage(List<JaegerTag> tags) {
    for (JaegerTag tag : tags) {
      String text = tag.text();
      if (tag.key().equals(HTTP_STATUS_MESSAGE) && text != null) {
        return text;
      }
    }
    return "";
  }

  private void event(JaegerSpan.Log log) {
    List<JaegerTag> fields = new ArrayList<>(log.fields());
    String name = takeText(fields, JaegerNames.EVENT);
    for (JaegerTag field : fields) {
      add(batch.events().attributes(), field);
    }
    batch.events().end(log.timeNanos(), slice(name), 0);
  }

  private void link(JaegerSpan.Reference reference, JaegerSpan span, long parent) {
    boolean here =
        reference.traceHigh() == span.traceHigh() && reference.traceLow() == span.traceLow();
    if (here && reference.childOf() && reference.spanId() == parent) {
      return; // It is the parent.
    }
    batch
        .links()
        .attributes()
        .add(
            JaegerNames.REFERENCE_TYPE,
            reference.childOf() ? JaegerNames.CHILD_OF : JaegerNames.FOLLOWS_FROM);
    batch
        .links()
        .end(
            reference.traceHigh(), reference.traceLow(), reference.spanId(), ByteArena.EMPTY, 0, 0);
  }

  /** Removes a tag and gives its text, "" where it is missing or no text. */
  private static String takeText(List<JaegerTag> tags, String key) {
    for (int i = 0; i < tags.size(); i++) {
      JaegerTag tag = tags.get(i);
      String text = tag.text();
      if (tag.key().equals(key) && text != null) {
        tags.remove(i);
        return text;
      }
    }
    return "";
  }

  private static void add(AttributeColumns attributes, JaegerTag tag) {
    switch (tag.value()) {
      case String text -> attributes.add(tag.key(), text);
      case Boolean truth -> attributes.add(tag.key(), truth.booleanValue());
      case Long number -> attributes.add(tag.key(), number.longValue());
      case Double number -> attributes.add(tag.key(), number.doubleValue());
      case byte[] bytes -> {
        attributes.addKey(attributes.keys().intern(tag.key()));
        attributes
            .values()
            .add(ValueColumn.BYTES, attributes.values().arena().append(bytes, 0, bytes.length));
      }
      default -> throw new IllegalStateException("a tag of " + tag.value().getClass());
    }
  }

  private long slice(String text) {
    return text.isEmpty() ? ByteArena.EMPTY : batch.arena().append(text);
  }
}
