package io.ghostworks.wire.zipkin;

import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.zipkin.ZipkinSpan.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of spans of version 2.
 *
 * <p>Source: the behaviour of opentelemetry-collector-contrib pkg/translator/zipkin/zipkinv2. It
 * differs where the Collector loses something: tags of the process make a resource for each
 * distinct set of them, an annotation with bars that is none of the Collector's keeps its text, a
 * span without a time begins with its first annotation or now, and any {@code error} tag but {@code
 * false} makes the span an error, as in Zipkin.
 */
final class V2Rows {

  private static final int LINKS_MAX = 128;
  private static final String LINK = "otlp.link.";
  private static final int STATUS_UNSET = 0;
  private static final int STATUS_OK = 1;
  private static final int STATUS_ERROR = 2;

  private final BatchTables tables;
  private final SpanBatch batch;
  private final boolean parseStringTags;
  private final long nowNanos;
  private int statusCode;

  V2Rows(BatchTables tables, boolean parseStringTags, long nowNanos) {
    this.tables = tables;
    this.batch = tables.batch();
    this.parseStringTags = parseStringTags;
    this.nowNanos = nowNanos;
  }

  /**
   * Adds a span.
   *
   * @param span its tags are owned by the call
   */
  void add(ZipkinSpan span) {
    Map<String, String> tags = span.tags();
    tables.budget().take(tags.size() + span.annotations().size() + 8);
    String traceState = removed(tags, "w3c.tracestate");
    int resource = tables.resource(resourceAttributes(span, tags));
    int scope = scope(tags);
    int kind = kind(span.kind(), tags);
    String message = status(tags);
    long start = start(span);
    links(tags);
    AttributeColumns attributes = batch.attributes();
    endpoint(span.local(), tags, "", "net.host.ip", "net.host.port");
    endpoint(span.remote(), tags, "peer.service", "net.peer.ip", "net.peer.port");
    tags.remove(BatchTables.DEBUG); // Fields of the span, which has them itself.
    tags.remove(BatchTables.SHARED);
    tags.forEach((key, text) -> StringTags.add(attributes, key, text, parseStringTags));
    if (span.timestampMicros() <= 0) {
      attributes.add(BatchTables.START_ABSENT, true);
    }
    if (span.debug()) {
      attributes.add(BatchTables.DEBUG, true);
    }
    if (span.shared()) {
      attributes.add(BatchTables.SHARED, true);
    }
    span.annotations().forEach(this::event);
    batch.endRow(
        resource,
        scope,
        span.traceIdHigh(),
        span.traceIdLow(),
        span.id(),
        span.parentId() == span.id() ? 0 : span.parentId(),
        batch.arena().append(traceState == null ? "" : traceState),
        0,
        batch.arena().append(span.name()),
        kind,
        start,
        BatchTables.end(start, span.durationMicros()),
        statusCode,
        batch.arena().append(message),
        0,
        0,
        0);
  }

  private long start(ZipkinSpan span) {
    if (span.timestampMicros() > 0) {
      return BatchTables.nanos(span.timestampMicros());
    }
    long first =
        span.annotations().stream()
            .mapToLong(ZipkinSpan.Annotation::timestampMicros)
            .filter(micros -> micros > 0)
            .min()
            .orElse(0);
    return first > 0 ? BatchTables.nanos(first) : nowNanos;
  }

  /** Takes the tags of the process out of the span's. */
  private static List<Map.Entry<String, String>> resourceAttributes(
      ZipkinSpan span, Map<String, String> tags) {
    List<Map.Entry<String, String>> attributes = new ArrayList<>();
    String source = removed(tags, ResourceTags.SERVICE_NAME_SOURCE);
    String service = span.localServiceName();
    if (!service.isEmpty() && !service.equals(StoredSpans.NO_SERVICE)) {
      attributes.add(
          Map.entry(
              source == null || source.isEmpty() ? ResourceTags.SERVICE_NAME : source, service));
    }
    tags.entrySet()
        .removeIf(tag -> {
          boolean taken = ResourceTags.has(tag.getKey());
          if (taken) {
            attributes.removeIf(known -> known.getKey().equals(tag.getKey()));
            attributes.add(Map.entry(tag.getKey(), tag.getValue()));
          }
          return taken;
        });
    return attributes;
  }

  private int scope(Map<String, String> tags) {
    String oldName = removed(tags, "otel.library.name");
    String oldVersion = removed(tags, "otel.library.version");
    String name = removed(tags, "otel.scope.name");
    String version = removed(tags, "otel.scope.version");
    return tables.scope(first(name, oldName), first(version, oldVersion));
  }

  private static String first(@Nullable String a, @Nullable String b) {
    return a != null ? a : b != null ? b : "";
  }

  private static int kind(String kind, Map<String, String> tags) {
    return switch (kind) {
      case "SERVER" -> 2;
      case "CLIENT" -> 3;
      case "PRODUCER" -> 4;
      case "CONSUMER" -> 5;
      default -> "internal".equals(removed(tags, "span.kind")) ? 1 : 0;
    };
  }

  /** Decides the status, and gives its message. */
  private String status(Map<String, String> tags) {
    statusCode = STATUS_UNSET;
    String message = "";
    String code = removed(tags, "otel.status_code");
    if (code != null) {
      statusCode =
          switch (code.toUpperCase(Locale.ROOT)) {
            case "STATUS_CODE_OK", "OK" -> STATUS_OK;
            case "STATUS_CODE_ERROR", "ERROR" -> STATUS_ERROR;
            default -> STATUS_UNSET;
          };
      message = first(removed(tags, "otel.status_description"), null);
    }
    String error = tags.get("error");
    if (error != null && !error.equals("false")) {
      statusCode = STATUS_ERROR;
      if (error.equals("true")) {
        tags.remove("error");
      }
    }
    return message;
  }

  /**
   * Links as the Collector's exporter writes them: {@code trace|span|state|{attributes}|dropped}.
   */
  private void links(Map<String, String> tags) {
    for (int i = 0; i < LINKS_MAX; i++) {
      String text = tags.get(LINK + i);
      if (text == null) {
        return;
      }
      String[] parts = text.split("\\|", -1);
      int state = parts.length >= 5 ? parts[0].length() + parts[1].length() + 2 : 0;
      int attributes = state == 0 ? 0 : state + parts[2].length() + 1;
      int dropped = text.lastIndexOf('|') + 1;
      String object = state == 0 ? "" : text.substring(attributes, dropped - 1);
      Integer count = count(text.substring(dropped));
      if (count == null
          || !ZipkinIds.isHex(parts[0], 32)
          || !ZipkinIds.isHex(parts[1], 16)
          || !JsonAttributes.isObject(object)) {
        continue; // It stays a tag.
      }
      tags.remove(LINK + i);
      tables.budget().take(1);
      JsonAttributes.add(batch.links().attributes(), object, tables.budget());
      batch
          .links()
          .end(
              ZipkinIds.high(parts[0]),
              ZipkinIds.low(parts[0]),
              ZipkinIds.low(parts[1]),
              batch.arena().append(parts[2]),
              0,
              count);
    }
  }

  /** An event, which the Collector's exporter writes as {@code name|{attributes}|dropped}. */
  private void event(ZipkinSpan.Annotation annotation) {
    String text = annotation.value();
    int first = text.indexOf('|');
    int last = text.lastIndexOf('|');
    String name = text;
    int dropped = 0;
    if (first >= 0 && last > first) {
      Integer count = count(text.substring(last + 1));
      String object = text.substring(first + 1, last);
      if (count != null && JsonAttributes.isObject(object)) {
        name = text.substring(0, first);
        dropped = count;
        JsonAttributes.add(batch.events().attributes(), object, tables.budget());
      }
    }
    batch
        .events()
        .end(BatchTables.nanos(annotation.timestampMicros()), batch.arena().append(name), dropped);
  }

  private static @Nullable Integer count(String text) {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Adds what an endpoint says, which counts before tags of the same names. */
  private void endpoint(
      @Nullable Endpoint endpoint,
      Map<String, String> tags,
      String serviceKey,
      String ipKey,
      String portKey) {
    if (endpoint == null) {
      return;
    }
    AttributeColumns attributes = batch.attributes();
    if (!serviceKey.isEmpty() && !endpoint.serviceName().isEmpty()) {
      tags.remove(serviceKey);
      attributes.add(serviceKey, endpoint.serviceName());
    }
    if (!endpoint.ip().isEmpty()) {
      tags.remove(ipKey);
      attributes.add(ipKey, endpoint.ip());
    }
    if (endpoint.port() > 0) {
      tags.remove(portKey);
      attributes.add(portKey, (long) endpoint.port());
    }
  }

  private static @Nullable String removed(Map<String, String> tags, String key) {
    return tags.isEmpty() ? null : tags.remove(key);
  }
}
