package io.ghostworks.wire.zipkin;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.zipkin.ZipkinSpan.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of spans of version 1: the annotations of the core ({@code cs}, {@code sr} and so on)
 * tell kind, service and, where the span does not, its times; the others become events, binary
 * annotations become attributes.
 *
 * <p>Source: the behaviour of opentelemetry-collector-contrib pkg/translator/zipkin/zipkinv1.
 * Beyond it the addresses {@code sa}, {@code ca} and {@code ma} name the other side of the request,
 * as in openzipkin/zipkin's V1SpanConverter.
 */
final class V1Rows {

  private static final String UNKNOWN_SERVICE = "unknown-service";
  private static final Set<String> ADDRESSES = Set.of("sa", "ca", "ma");

  private final BatchTables tables;
  private final SpanBatch batch;
  private final boolean parseStringTags;
  private final long nowNanos;

  V1Rows(BatchTables tables, boolean parseStringTags, long nowNanos) {
    this.tables = tables;
    this.batch = tables.batch();
    this.parseStringTags = parseStringTags;
    this.nowNanos = nowNanos;
  }

  void add(V1Span span) {
    tables.budget().take(span.annotations().size() + span.binaryAnnotations().size() + 8);
    V1Status status = new V1Status();
    for (V1Span.BinaryAnnotation tag : span.binaryAnnotations()) {
      if (ADDRESSES.contains(tag.key()) && tag.endpoint() != null) {
        address(tag.endpoint());
      } else if (!status.take(tag)) {
        attribute(tag);
      }
    }
    long start = BatchTables.nanos(span.timestampMicros());
    long end = BatchTables.end(start, span.durationMicros());
    if (start == 0) {
      start = BatchTables.nanos(first(span.annotations()));
      end = BatchTables.nanos(last(span.annotations()));
    }
    if (start == 0) {
      start = nowNanos;
      end = nowNanos;
      batch.attributes().add(BatchTables.START_ABSENT, true);
    }
    if (span.debug()) {
      batch.attributes().add(BatchTables.DEBUG, true);
    }
    for (V1Span.Annotation annotation : span.annotations()) {
      if (kind(annotation.value()) == 0 && !annotation.value().isEmpty()) {
        batch
            .events()
            .end(
                BatchTables.nanos(annotation.timestampMicros()),
                batch.arena().append(annotation.value()),
                0);
      }
    }
    batch.endRow(
        tables.resource(resourceAttributes(span)),
        tables.scope("", ""),
        span.traceIdHigh(),
        span.traceIdLow(),
        span.id(),
        span.parentId() == span.id() ? 0 : span.parentId(),
        ByteArena.EMPTY,
        0,
        batch.arena().append(span.name()),
        kind(span),
        start,
        end,
        status.code(),
        batch.arena().append(status.message()),
        0,
        0,
        0);
  }

  private void address(Endpoint other) {
    AttributeColumns attributes = batch.attributes();
    if (!other.serviceName().isEmpty()) {
      attributes.add("peer.service", other.serviceName());
    }
    if (!other.ip().isEmpty()) {
      attributes.add("net.peer.ip", other.ip());
    }
    if (other.port() > 0) {
      attributes.add("net.peer.port", (long) other.port());
    }
  }

  private void attribute(V1Span.BinaryAnnotation tag) {
    String key = tag.key().equals("lc") ? "component" : tag.key();
    AttributeColumns attributes = batch.attributes();
    if (tag.type() == ValueColumn.STRING) {
      StringTags.add(attributes, key, tag.text(), parseStringTags);
    } else {
      attributes.addKey(attributes.keys().intern(key));
      attributes.values().add(tag.type(), tag.number());
    }
  }

  private static int kind(V1Span span) {
    for (V1Span.Annotation annotation : span.annotations()) {
      int kind = kind(annotation.value());
      if (kind != 0) {
        return kind;
      }
    }
    return 0;
  }

  /** The kind of span that has an annotation; 0 for one that is not of the core. */
  private static int kind(String annotation) {
    return switch (annotation) {
      case "ss", "sr" -> 2;
      case "cs", "cr" -> 3;
      case "ms" -> 4;
      case "mr" -> 5;
      default -> 0;
    };
  }

  private static long first(List<V1Span.Annotation> annotations) {
    return annotations.stream()
        .mapToLong(V1Span.Annotation::timestampMicros)
        .filter(micros -> micros > 0)
        .min()
        .orElse(0);
  }

  private static long last(List<V1Span.Annotation> annotations) {
    return annotations.stream().mapToLong(V1Span.Annotation::timestampMicros).max().orElse(0);
  }

  private static List<Map.Entry<String, String>> resourceAttributes(V1Span span) {
    Endpoint endpoint = ofCore(span.annotations());
    List<Map.Entry<String, String>> attributes = new ArrayList<>();
    if (endpoint == null) {
      attributes.add(Map.entry(ResourceTags.SERVICE_NAME, fallback(span.binaryAnnotations())));
      return attributes;
    }
    attributes.add(Map.entry(ResourceTags.SERVICE_NAME, endpoint.serviceName()));
    if (!endpoint.ipv4().isEmpty()) {
      attributes.add(Map.entry("ipv4", endpoint.ipv4()));
    }
    if (!endpoint.ipv6().isEmpty()) {
      attributes.add(Map.entry("ipv6", endpoint.ipv6()));
    }
    if (endpoint.port() != 0) {
      attributes.add(Map.entry("port", Integer.toString(endpoint.port())));
    }
    return attributes;
  }

  private static @Nullable Endpoint ofCore(List<V1Span.Annotation> annotations) {
    for (V1Span.Annotation annotation : annotations) {
      Endpoint endpoint = annotation.endpoint();
      if (endpoint != null && !endpoint.serviceName().isEmpty() && kind(annotation.value()) != 0) {
        return endpoint;
      }
    }
    return null;
  }

  /** The service that a binary annotation names, else the local component. */
  private static String fallback(List<V1Span.BinaryAnnotation> tags) {
    String service = "";
    String component = "";
    for (V1Span.BinaryAnnotation tag : tags) {
      Endpoint endpoint = tag.endpoint();
      if (endpoint != null && !endpoint.serviceName().isEmpty() && !ADDRESSES.contains(tag.key())) {
        service = endpoint.serviceName();
      }
      if (tag.key().equals("lc")) {
        component = tag.text();
      }
    }
    return !service.isEmpty() ? service : !component.isEmpty() ? component : UNKNOWN_SERVICE;
  }
}
