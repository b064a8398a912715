package io.ghostworks.bench.traces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.bench.traces.TraceEndpoint.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a server answered, in a form that is the same for all.
 *
 * @param traces the ids found, without zeros in front
 * @param number of spans, traces, or spans that a rate stands for
 */
record TraceAnswer(Set<String> traces, double number) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Rates are rounded on their way. */
  private static final double TOLERANCE = 1e-6;

  static TraceAnswer of(TraceQuestion question, Api api, List<String> bodies) throws IOException {
    Set<String> traces = new TreeSet<>();
    double number = 0;
    for (String body : bodies) {
      switch (question.kind()) {
        case SPANS -> number += spans(api, JSON.readTree(body));
        case TRACES -> found(api, body).forEach(id -> traces.add(id.replaceAll("^0+", "")));
        case RATE -> number += rated(api, body);
      }
    }
    return new TraceAnswer(
        traces, question.kind() == TraceQuestion.Kind.TRACES ? traces.size() : number);
  }

  boolean isSame(TraceAnswer other) {
    return traces.equals(other.traces)
        && Math.abs(number - other.number) <= TOLERANCE * Math.max(number, other.number);
  }

  private static int spans(Api api, JsonNode answer) {
    int spans = 0;
    if (api != Api.TEMPO) {
      return answer.path("data").path(0).path("spans").size();
    }
    for (JsonNode resource : answer.path("trace").path("resourceSpans")) {
      for (JsonNode scope : resource.path("scopeSpans")) {
        spans += scope.path("spans").size();
      }
    }
    return spans;
  }

  private static List<String> found(Api api, String body) throws IOException {
    List<String> ids = new ArrayList<>();
    switch (api) {
      case TEMPO -> {
        for (JsonNode trace : JSON.readTree(body).path("traces")) {
          ids.add(trace.path("traceID").asText());
        }
      }
      case JAEGER -> {
        for (JsonNode trace : JSON.readTree(body).path("summaries")) {
          ids.add(trace.path("traceId").asText());
        }
      }
      case LOGSQL -> {
        for (String line : body.lines().toList()) {
          ids.add(JSON.readTree(line).path("trace_id").asText());
        }
      }
    }
    return ids;
  }

  private static double rated(Api api, String body) throws IOException {
    double spans = 0;
    if (api == Api.LOGSQL) {
      for (String line : body.lines().toList()) {
        spans += JSON.readTree(line).path("spans").asDouble();
      }
      return spans;
    }
    for (JsonNode series : JSON.readTree(body).path("series")) {
      for (JsonNode sample : series.path("samples")) {
        spans += sample.path("value").asDouble() * TraceQuestion.stepSeconds(api);
      }
    }
    return spans;
  }
}
