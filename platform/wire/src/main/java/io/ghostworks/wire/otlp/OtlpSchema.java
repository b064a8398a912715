package io.ghostworks.wire.otlp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of OTLP as tables: what the JSON encoding needs to know of each field. One table
 * serves both directions.
 *
 * <p>Source: opentelemetry-proto 1.x; OTLP specification, "JSON Protobuf Encoding".
 */
final class OtlpSchema {

  /** How a field's value stands in JSON and in protobuf. */
  enum Kind {
    MESSAGE,
    STRING,
    /** Bytes in base64. */
    BYTES,
    /** A trace or span id: bytes in hexadecimal. */
    ID,
    BOOL,
    /** Also {@code uint32}: a number in JSON, a varint in protobuf. */
    INT32,
    SINT32,
    /** A decimal string in JSON, a varint in protobuf. */
    INT64,
    UINT64,
    FIXED32,
    FIXED64,
    SFIXED64,
    DOUBLE,
    ENUM
  }

  /**
   * @param present whether a default value differs from none, so that it is written
   * @param map whether the messages are entries of a map, of a text (1) and a value (2)
   * @param message of a {@link Kind#MESSAGE}
   * @param constants of a {@link Kind#ENUM}: the name of each number
   */
  record Field(
      int number,
      String name,
      Kind kind,
      boolean repeated,
      boolean present,
      boolean map,
      @Nullable Message message,
      List<String> constants) {}

  /** A message's fields by name and by number. */
  static final class Message {
    private final Map<String, Field> byName = new HashMap<>();
    private final Map<Integer, Field> byNumber = new HashMap<>();
    private final Set<Integer> listed = new HashSet<>();
    private final String name;

    Message(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    /** The field with a name in lowerCamelCase or in snake_case, as receivers accept both. */
    Optional<Field> find(String fieldName) {
      return Optional.ofNullable(byName.get(fieldName));
    }

    Optional<Field> find(int number) {
      return Optional.ofNullable(byNumber.get(number));
    }

    /** Repeated fields that JSON has also when they are empty. */
    Set<Integer> listed() {
      return listed;
    }

    /** The repeated field is in JSON also when it is empty. */
    Message listed(int number) {
      listed.add(number);
      return this;
    }

    Iterable<Field> fields() {
      return byNumber.values();
    }

    private Message add(Field field) {
      byName.put(field.name(), field);
      byName.put(snakeCase(field.name()), field);
      byNumber.put(field.number(), field);
      return this;
    }

    Message one(int number, String fieldName, Kind kind) {
      return add(new Field(number, fieldName, kind, false, false, false, null, List.of()));
    }

    /** A member of a oneof, or an optional field. */
    Message optional(int number, String fieldName, Kind kind) {
      return add(new Field(number, fieldName, kind, false, true, false, null, List.of()));
    }

    Message many(int number, String fieldName, Kind kind) {
      return add(new Field(number, fieldName, kind, true, true, false, null, List.of()));
    }

    Message one(int number, String fieldName, Message message) {
      return add(
          new Field(number, fieldName, Kind.MESSAGE, false, true, false, message, List.of()));
    }

    Message many(int number, String fieldName, Message message) {
      return add(new Field(number, fieldName, Kind.MESSAGE, true, true, false, message, List.of()));
    }

    /** A map from texts to messages: an object in JSON. */
    Message map(int number, String fieldName, Message value) {
      return add(
          new Field(
              number,
              fieldName,
              Kind.MESSAGE,
              true,
              true,
              true,
              new Message(fieldName).one(1, "key", Kind.STRING).one(2, "value", value),
              List.of()));
    }

    Message constant(int number, String fieldName, List<String> constants) {
      return add(new Field(number, fieldName, Kind.ENUM, false, false, false, null, constants));
    }

    private static String snakeCase(String camelCase) {
      return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
  }

  private static final List<String> SPAN_KINDS =
      List.of(
          "SPAN_KIND_UNSPECIFIED",
          "SPAN_KIND_INTERNAL",
          "SPAN_KIND_SERVER",
          "SPAN_KIND_CLIENT",
          "SPAN_KIND_PRODUCER",
          "SPAN_KIND_CONSUMER");
  private static final List<String> STATUS_CODES =
      List.of("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR");
  private static final List<String> TEMPORALITIES =
      List.of(
          "AGGREGATION_TEMPORALITY_UNSPECIFIED",
          "AGGREGATION_TEMPORALITY_DELTA",
          "AGGREGATION_TEMPORALITY_CUMULATIVE");

  static final Message ANY_VALUE = new Message("AnyValue");
  static final Message KEY_VALUE =
      new Message("KeyValue").one(1, "key", Kind.STRING).one(2, "value", ANY_VALUE);
  static final Message ARRAY_VALUE = new Message("ArrayValue").many(1, "values", ANY_VALUE);
  static final Message KEY_VALUE_LIST = new Message("KeyValueList").many(1, "values", KEY_VALUE);

  static {
    ANY_VALUE
        .optional(1, "stringValue", Kind.STRING)
        .optional(2, "boolValue", Kind.BOOL)
        .optional(3, "intValue", Kind.INT64)
        .optional(4, "doubleValue", Kind.DOUBLE)
        .one(5, "arrayValue", ARRAY_VALUE)
        .one(6, "kvlistValue", KEY_VALUE_LIST)
        .optional(7, "bytesValue", Kind.BYTES);
  }

  private static final Message ENTITY_REF =
      new Message("EntityRef")
          .one(1, "schemaUrl", Kind.STRING)
          .one(2, "type", Kind.STRING)
          .many(3, "idKeys", Kind.STRING)
          .many(4, "descriptionKeys", Kind.STRING);
  private static final Message RESOURCE =
      new Message("Resource")
          .many(1, "attributes", KEY_VALUE)
          .one(2, "droppedAttributesCount", Kind.INT32)
          .many(3, "entityRefs", ENTITY_REF);
  private static final Message SCOPE =
      new Message("InstrumentationScope")
          .one(1, "name", Kind.STRING)
          .one(2, "version", Kind.STRING)
          .many(3, "attributes", KEY_VALUE)
          .one(4, "droppedAttributesCount", Kind.INT32);

  private static final Message EVENT =
      new Message("Event")
          .one(1, "timeUnixNano", Kind.FIXED64)
          .one(2, "name", Kind.STRING)
          .many(3, "attributes", KEY_VALUE)
          .one(4, "droppedAttributesCount", Kind.INT32);
  private static final Message LINK =
      new Message("Link")
          .one(1, "traceId", Kind.ID)
          .one(2, "spanId", Kind.ID)
          .one(3, "traceState", Kind.STRING)
          .many(4, "attributes", KEY_VALUE)
          .one(5, "droppedAttributesCount", Kind.INT32)
          .one(6, "flags", Kind.FIXED32);
  private static final Message STATUS =
      new Message("Status").one(2, "message", Kind.STRING).constant(3, "code", STATUS_CODES);
  private static final Message SPAN =
      new Message("Span")
          .one(1, "traceId", Kind.ID)
          .one(2, "spanId", Kind.ID)
          .one(3, "traceState", Kind.STRING)
          .one(4, "parentSpanId", Kind.ID)
          .one(5, "name", Kind.STRING)
          .constant(6, "kind", SPAN_KINDS)
          .one(7, "startTimeUnixNano", Kind.FIXED64)
          .one(8, "endTimeUnixNano", Kind.FIXED64)
          .many(9, "attributes", KEY_VALUE)
          .one(10, "droppedAttributesCount", Kind.INT32)
          .many(11, "events", EVENT)
          .one(12, "droppedEventsCount", Kind.INT32)
          .many(13, "links", LINK)
          .one(14, "droppedLinksCount", Kind.INT32)
          .one(15, "status", STATUS)
          .one(16, "flags", Kind.FIXED32);

  private static final Message LOG_RECORD =
      new Message("LogRecord")
          .one(1, "timeUnixNano", Kind.FIXED64)
          .constant(2, "severityNumber", severities())
          .one(3, "severityText", Kind.STRING)
          .one(5, "body", ANY_VALUE)
          .many(6, "attributes", KEY_VALUE)
          .one(7, "droppedAttributesCount", Kind.INT32)
          .one(8, "flags", Kind.FIXED32)
          .one(9, "traceId", Kind.ID)
          .one(10, "spanId", Kind.ID)
          .one(11, "observedTimeUnixNano", Kind.FIXED64)
          .one(12, "eventName", Kind.STRING);

  private static final Message EXEMPLAR =
      new Message("Exemplar")
          .one(2, "timeUnixNano", Kind.FIXED64)
          .optional(3, "asDouble", Kind.DOUBLE)
          .one(4, "spanId", Kind.ID)
          .one(5, "traceId", Kind.ID)
          .optional(6, "asInt", Kind.SFIXED64)
          .many(7, "filteredAttributes", KEY_VALUE);
  private static final Message NUMBER_POINT =
      new Message("NumberDataPoint")
          .one(2, "startTimeUnixNano", Kind.FIXED64)
          .one(3, "timeUnixNano", Kind.FIXED64)
          .optional(4, "asDouble", Kind.DOUBLE)
          .many(5, "exemplars", EXEMPLAR)
          .optional(6, "asInt", Kind.SFIXED64)
          .many(7, "attributes", KEY_VALUE)
          .one(8, "flags", Kind.INT32);
  private static final Message HISTOGRAM_POINT =
      new Message("HistogramDataPoint")
          .one(2, "startTimeUnixNano", Kind.FIXED64)
          .one(3, "timeUnixNano", Kind.FIXED64)
          .one(4, "count", Kind.FIXED64)
          .optional(5, "sum", Kind.DOUBLE)
          .many(6, "bucketCounts", Kind.FIXED64)
          .many(7, "explicitBounds", Kind.DOUBLE)
          .many(8, "exemplars", EXEMPLAR)
          .many(9, "attributes", KEY_VALUE)
          .one(10, "flags", Kind.INT32)
          .optional(11, "min", Kind.DOUBLE)
          .optional(12, "max", Kind.DOUBLE);
  private static final Message BUCKETS =
      new Message("Buckets").one(1, "offset", Kind.SINT32).many(2, "bucketCounts", Kind.UINT64);
  private static final Message EXPONENTIAL_POINT =
      new Message("ExponentialHistogramDataPoint")
          .many(1, "attributes", KEY_VALUE)
          .one(2, "startTimeUnixNano", Kind.FIXED64)
          .one(3, "timeUnixNano", Kind.FIXED64)
          .one(4, "count", Kind.FIXED64)
          .optional(5, "sum", Kind.DOUBLE)
          .one(6, "scale", Kind.SINT32)
          .one(7, "zeroCount", Kind.FIXED64)
          .one(8, "positive", BUCKETS)
          .one(9, "negative", BUCKETS)
          .one(10, "flags", Kind.INT32)
          .many(11, "exemplars", EXEMPLAR)
          .optional(12, "min", Kind.DOUBLE)
          .optional(13, "max", Kind.DOUBLE)
          .one(14, "zeroThreshold", Kind.DOUBLE);
  private static final Message VALUE_AT_QUANTILE =
      new Message("ValueAtQuantile").one(1, "quantile", Kind.DOUBLE).one(2, "value", Kind.DOUBLE);
  private static final Message SUMMARY_POINT =
      new Message("SummaryDataPoint")
          .one(2, "startTimeUnixNano", Kind.FIXED64)
          .one(3, "timeUnixNano", Kind.FIXED64)
          .one(4, "count", Kind.FIXED64)
          .one(5, "sum", Kind.DOUBLE)
          .many(6, "quantileValues", VALUE_AT_QUANTILE)
          .many(7, "attributes", KEY_VALUE)
          .one(8, "flags", Kind.INT32);
  private static final Message METRIC =
      new Message("Metric")
          .one(1, "name", Kind.STRING)
          .one(2, "description", Kind.STRING)
          .one(3, "unit", Kind.STRING)
          .one(5, "gauge", new Message("Gauge").many(1, "dataPoints", NUMBER_POINT))
          .one(
              7,
              "sum",
              new Message("Sum")
                  .many(1, "dataPoints", NUMBER_POINT)
                  .constant(2, "aggregationTemporality", TEMPORALITIES)
                  .one(3, "isMonotonic", Kind.BOOL))
          .one(
              9,
              "histogram",
              new Message("Histogram")
                  .many(1, "dataPoints", HISTOGRAM_POINT)
                  .constant(2, "aggregationTemporality", TEMPORALITIES))
          .one(
              10,
              "exponentialHistogram",
              new Message("ExponentialHistogram")
                  .many(1, "dataPoints", EXPONENTIAL_POINT)
                  .constant(2, "aggregationTemporality", TEMPORALITIES))
          .one(11, "summary", new Message("Summary").many(1, "dataPoints", SUMMARY_POINT))
          .many(12, "metadata", KEY_VALUE);

  /** {@code ExportTraceServiceRequest} and {@code TracesData}. */
  static final Message TRACES =
      envelope("TracesData", "resourceSpans", "scopeSpans", "spans", SPAN);

  /** {@code ExportLogsServiceRequest} and {@code LogsData}. */
  static final Message LOGS =
      envelope("LogsData", "resourceLogs", "scopeLogs", "logRecords", LOG_RECORD);

  /** {@code ExportMetricsServiceRequest} and {@code MetricsData}. */
  static final Message METRICS =
      envelope("MetricsData", "resourceMetrics", "scopeMetrics", "metrics", METRIC);

  private OtlpSchema() {}

  private static Message envelope(
      String name, String resources, String scopes, String items, Message item) {
    return new Message(name)
        .many(
            1,
            resources,
            new Message(resources)
                .one(1, "resource", RESOURCE)
                .many(
                    2,
                    scopes,
                    new Message(scopes)
                        .one(1, "scope", SCOPE)
                        .many(2, items, item)
                        .one(3, "schemaUrl", Kind.STRING))
                .one(3, "schemaUrl", Kind.STRING));
  }

  private static List<String> severities() {
    List<String> names = new java.util.ArrayList<>();
    names.add("SEVERITY_NUMBER_UNSPECIFIED");
    for (String level : List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")) {
      names.add("SEVERITY_NUMBER_" + level);
      for (int i = 2; i <= 4; i++) {
        names.add("SEVERITY_NUMBER_" + level + i);
      }
    }
    return List.copyOf(names);
  }
}
