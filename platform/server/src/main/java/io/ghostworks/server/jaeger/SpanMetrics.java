package io.ghostworks.server.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.wire.jaeger.json.JaegerNames;
import io.ghostworks.wire.number.DecimalText;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Latencies, calls and errors of services over time, as Jaeger's monitor asks them. They are
 * computed from the stored spans, so that they need no other store and hold for every range.
 *
 * <p>Source: jaegertracing/jaeger internal/proto/metrics/openmetrics.proto, internal/storage
 * metricstore.
 */
final class SpanMetrics {

  private static final int POINTS_MAX = 11_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final String KIND_PREFIX = "SPAN_KIND_";

  private final RecordSource records;
  private final Clock clock;

  SpanMetrics(RecordSource records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /** A value at a step of a group; NaN where there is none. */
  @FunctionalInterface
  private interface Value {
    double at(SpanRates.Group group, int step);
  }

  Answer latencies(Exchange exchange, QueryContext context) {
    String text = exchange.parameter("quantile").orElse("");
    double quantile = quantile(text);
    return answer(
        exchange,
        context,
        "latencies",
        "%.2fth quantile latency, grouped by service".formatted(quantile),
        (group, step) -> group.latencyMs(step, quantile));
  }

  private static double quantile(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw JaegerParameters.mistake(
          "quantile", "strconv.ParseFloat: parsing \"%s\": invalid syntax".formatted(text));
    }
  }

  Answer calls(Exchange exchange, QueryContext context) {
    return answer(
        exchange,
        context,
        "call_rate",
        "calls/sec, grouped by service",
        SpanRates.Group::callsPerSecond);
  }

  Answer errors(Exchange exchange, QueryContext context) {
    return answer(
        exchange,
        context,
        "error_rate",
        "error rate, computed as a fraction of errors/sec over calls/sec, grouped by service",
        SpanRates.Group::errorsPerCall);
  }

  /** The smallest step that may be asked, in milliseconds. */
  Answer minStep(Exchange exchange, QueryContext context) {
    return JaegerAnswer.of(
        context,
        JaegerApi.isPretty(exchange),
        answer ->
            answer.piece(json -> {
              json.writeStartObject();
              json.writeNumberField("data", 1);
              json.writeNumberField("total", 0);
              json.writeNumberField("limit", 0);
              json.writeNumberField("offset", 0);
              json.writeNullField("errors");
              json.writeEndObject();
            }));
  }

  private Answer answer(
      Exchange exchange, QueryContext context, String name, String help, Value value) {
    SpanRates.Request request = request(exchange);
    List<SpanRates.Group> groups = new SpanRates(records, context, request).read();
    String subject = request.byOperation() ? "service_operation_" : "service_";
    return JaegerAnswer.of(
        context,
        JaegerApi.isPretty(exchange),
        answer -> {
          answer.piece(json -> {
            json.writeStartObject();
            json.writeStringField("name", subject + name);
            json.writeStringField("type", "GAUGE");
            json.writeStringField("help", help + (request.byOperation() ? " & operation" : ""));
            json.writeArrayFieldStart("metrics");
          });
          for (SpanRates.Group group : groups) {
            answer.piece(json -> metric(json, group, request, value));
          }
          answer.piece(json -> {
            json.writeEndArray();
            json.writeEndObject();
          });
        });
  }

  private static void metric(
      JsonGenerator json, SpanRates.Group group, SpanRates.Request request, Value value)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("labels");
    if (request.byOperation()) {
      label(json, "operation", group.operation());
    }
    label(json, "service_name", group.service());
    json.writeEndArray();
    json.writeArrayFieldStart("metricPoints");
    for (int step = 0; step < request.points(); step++) {
      double at = value.at(group, step);
      if (!Double.isNaN(at)) {
        json.writeStartObject();
        json.writeObjectFieldStart("gaugeValue");
        json.writeFieldName("doubleValue");
        json.writeRawValue(DecimalText.json(at));
        json.writeEndObject();
        json.writeStringField("timestamp", Instant.ofEpochMilli(request.timeMs(step)).toString());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void label(JsonGenerator json, String name, String value) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("value", value);
    json.writeEndObject();
  }

  private SpanRates.Request request(Exchange exchange) {
    List<String> services = exchange.parameters("service");
    if (services.isEmpty()) {
      throw JaegerParameters.mistake("service", "please provide at least one service name");
    }
    JaegerParameters parameters = new JaegerParameters(exchange, clock.epochNanos());
    SpanRates.Request request =
        new SpanRates.Request(
            new TreeSet<>(services),
            kinds(exchange),
            parameters.truth("groupByOperation"),
            parameters.millis("endTs", clock.epochMs() * NANOS_PER_MILLI) / NANOS_PER_MILLI,
            atLeastOne(parameters, "lookback", 3_600_000),
            atLeastOne(parameters, "step", 5_000),
            atLeastOne(parameters, "ratePer", 600_000));
    if (request.points() > POINTS_MAX || request.bins() > 2 * POINTS_MAX) {
      throw RequestException.bad(
          "exceeded maximum resolution of %d points per timeseries: ask with a larger step or a shorter lookback"
              .formatted(POINTS_MAX));
    }
    return request;
  }

  private static long atLeastOne(JaegerParameters parameters, String name, long absentMs) {
    long ms = parameters.millis(name, absentMs * NANOS_PER_MILLI) / NANOS_PER_MILLI;
    if (ms < 1) {
      throw JaegerParameters.mistake(name, "must be at least 1 ms, got %d".formatted(ms));
    }
    return ms;
  }

  /** Kinds as numbers of OTLP; servers where none is asked. */
  private static List<Integer> kinds(Exchange exchange) {
    List<String> words = exchange.parameters("spanKind");
    return (words.isEmpty() ? List.of("server") : words).stream().map(SpanMetrics::kind).toList();
  }

  private static int kind(String word) {
    String plain =
        (word.startsWith(KIND_PREFIX) ? word.substring(KIND_PREFIX.length()) : word)
            .toLowerCase(Locale.ROOT);
    int kind = JaegerNames.kindNumber(plain);
    if (kind == 0 && !plain.equals("unspecified")) {
      throw JaegerParameters.mistake("spanKind", "unsupported span kind: '%s'".formatted(word));
    }
    return kind;
  }
}
