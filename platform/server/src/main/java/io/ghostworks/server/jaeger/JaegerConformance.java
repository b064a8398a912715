package io.ghostworks.server.jaeger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceKind;
import io.ghostworks.query.QueryContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The conformance kind jaeger: a folder with {@code traces} and {@code queries.json}, as Jaeger's
 * storages are tested. The traces go into a fresh records engine; each query must find the traces
 * that it expects, whole, and no others. Of expected traces that the folder does not hold nothing
 * can be asked; a query then must find the rest.
 *
 * <p>Source: jaegertracing/jaeger internal/storage/integration.
 */
public final class JaegerConformance implements ConformanceKind {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  @Override
  public String name() {
    return "jaeger";
  }

  @Override
  public boolean accepts(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith("queries")
        && name.endsWith(".json")
        && Files.isDirectory(file.resolveSibling("traces"));
  }

  @Override
  public List<CaseResult> run(Path file) throws IOException {
    JsonNode queries = MAPPER.readTree(Files.readAllBytes(file));
    if (!queries.isArray()) {
      throw new IOException("%s must be a list of queries".formatted(file));
    }
    List<CaseResult> results = new ArrayList<>();
    try (FixtureStore store = FixtureStore.open()) {
      Map<String, Map<String, String>> fixtures = store.load(file.resolveSibling("traces"));
      for (JsonNode query : queries) {
        String place = file + ":" + query.path("Caption").asText();
        String failure = run(query, fixtures, store);
        results.add(
            failure.isEmpty() ? CaseResult.passed(place) : CaseResult.failed(place, failure));
      }
    }
    return results;
  }

  /** Why a query fails; "" if it does not. */
  private static String run(
      JsonNode query, Map<String, Map<String, String>> fixtures, FixtureStore store) {
    Map<String, String> expected = new TreeMap<>();
    for (JsonNode name : query.path("ExpectedFixtures")) {
      expected.putAll(fixtures.getOrDefault(name.asText(), Map.of()));
    }
    Map<String, String> found = new TreeMap<>();
    try (QueryContext context = store.context()) {
      new TraceFinder(store.source(), context)
          .find(read(query.path("Query")))
          .forEach(id ->
              found.putAll(
                  FixtureStore.traces(store.source().trace(id.high(), id.low(), context))));
    } catch (IllegalArgumentException e) {
      return "the query cannot be read: " + e.getMessage();
    }
    if (!found.keySet().equals(expected.keySet())) {
      return "expected the traces %s, found %s".formatted(expected.keySet(), found.keySet());
    }
    for (Map.Entry<String, String> trace : found.entrySet()) {
      if (!trace.getValue().equals(expected.get(trace.getKey()))) {
        return "the trace %s is not as it was sent: %s instead of %s"
            .formatted(trace.getKey(), trace.getValue(), expected.get(trace.getKey()));
      }
    }
    return "";
  }

  private static TraceQuery read(JsonNode query) {
    List<TagCondition> tags = new ArrayList<>();
    JsonNode named = query.path("Tags");
    TreeSet<String> keys = new TreeSet<>();
    named.fieldNames().forEachRemaining(keys::add);
    keys.forEach(key -> tags.add(TagCondition.of(key, named.get(key).asText())));
    int limit = query.path("NumTraces").asInt(0);
    return new TraceQuery(
        query.path("ServiceName").asText(""),
        query.path("OperationName").asText(""),
        tags,
        nanos(query.path("StartTimeMin").asText()),
        nanos(query.path("StartTimeMax").asText()),
        query.path("DurationMin").asLong(),
        query.path("DurationMax").asLong(),
        Math.max(1, limit));
  }

  private static long nanos(String time) {
    Instant instant = Instant.parse(time);
    return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
  }
}
