package io.ghostworks.wire.jaeger.json;

import java.util.List;

/**
 * Names under which Jaeger's model has what OTLP has as fields.
 *
 * <p>Source: opentelemetry-collector-contrib pkg/translator/jaeger; jaegertracing/jaeger
 * internal/jptrace.
 */
public final class JaegerNames {

  public static final String SPAN_KIND = "span.kind";
  public static final String ERROR = "error";
  public static final String STATUS_CODE = "otel.status_code";
  public static final String STATUS_DESCRIPTION = "otel.status_description";
  public static final String SCOPE_NAME = "otel.scope.name";
  public static final String SCOPE_VERSION = "otel.scope.version";
  public static final String TRACE_STATE = "w3c.tracestate";

  /** The field of a log that holds an event's name. */
  public static final String EVENT = "event";

  /** Of a span: what was noticed about it. */
  public static final String WARNINGS = "@jaeger@warnings";

  /** Of a link: whether it is a parent. */
  public static final String REFERENCE_TYPE = "opentracing.ref_type";

  public static final String CHILD_OF = "child_of";
  public static final String FOLLOWS_FROM = "follows_from";

  /** The service of spans whose resource names none. */
  public static final String NO_SERVICE = "missing-service-name";

  /** The kinds of OTLP in the words of Jaeger, by number; "" for none. */
  private static final List<String> KINDS =
      List.of("", "internal", "server", "client", "producer", "consumer");

  private JaegerNames() {}

  /** The name under which Jaeger knows a service; it has one for spans that name none. */
  public static String service(String name) {
    return name.isEmpty() ? NO_SERVICE : name;
  }

  /** Jaeger's word for a kind of OTLP, "" for an unspecified or unknown one. */
  public static String kind(int kind) {
    return kind >= 0 && kind < KINDS.size() ? KINDS.get(kind) : "";
  }

  /** The kind of OTLP that a word of Jaeger means, 0 for an unknown one. */
  public static int kindNumber(String word) {
    return Math.max(0, KINDS.indexOf(word));
  }
}
