package io.ghostworks.server.status;

import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.traceql.dependency.Dependencies;
import io.ghostworks.traceql.dependency.Dependency;
import io.ghostworks.traceql.dependency.DependencyGraph;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * {@code /api/platform/traces/dependencies?start&end&source}: which services call which. Times are
 * seconds since the epoch, with a fraction; the last hour without them. {@code source} is {@code
 * spans} (the default) or {@code series}.
 */
public final class DependenciesEndpoint {
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);

  private final Dependencies spans;
  private final Dependencies series;
  private final Clock clock;

  public DependenciesEndpoint(Dependencies spans, Dependencies series, Clock clock) {
    this.spans = spans;
    this.series = series;
    this.clock = clock;
  }

  public Answer answer(Exchange exchange, QueryContext context) {
    long end = exchange.parameter("end").map(t -> nanos("end", t)).orElse(clock.epochNanos());
    long start =
        exchange
            .parameter("start")
            .map(t -> nanos("start", t))
            .orElse(end - Duration.ofHours(1).toNanos());
    if (start >= end) {
      throw RequestException.bad("start must be before end");
    }
    String source = exchange.parameter("source").orElse("spans");
    Dependencies from =
        switch (source) {
          case "spans" -> spans;
          case "series" -> series;
          default ->
              throw RequestException.bad(
                  "source must be spans or series, got '%s'".formatted(source));
        };
    return Answer.json(200, write(from.between(start, end, context), source));
  }

  private static long nanos(String name, String text) {
    try {
      return new BigDecimal(text).multiply(NANOS_PER_SECOND).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new RequestException(
          400, "%s must be seconds since the epoch, got '%s'".formatted(name, text), e);
    }
  }

  private static byte[] write(DependencyGraph graph, String source) {
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeStringField("source", source);
      if (graph.partial().isPresent()) {
        json.writeStringField("partial", graph.partial().get());
      }
      json.writeNumberField("spans", graph.spans());
      json.writeNumberField("unknownProbability", graph.spansOfUnknownProbability());
      json.writeArrayFieldStart("dependencies");
      for (Dependency dependency : graph.dependencies()) {
        json.writeStartObject();
        json.writeStringField("caller", dependency.caller());
        json.writeStringField("callee", dependency.callee());
        json.writeStringField("connectionType", dependency.type().word());
        json.writeNumberField("calls", dependency.calls());
        json.writeNumberField("errors", dependency.errors());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }
}
