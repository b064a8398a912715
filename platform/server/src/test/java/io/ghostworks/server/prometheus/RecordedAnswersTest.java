package io.ghostworks.server.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.query.QueryWatch;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.TestListener;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.StillSamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The API answers byte for byte what Prometheus 3.14 answered to the same requests over the same
 * series, those of Grafana's data source among them. {@code src/test/prometheus/record} asks a
 * Prometheus again.
 */
class RecordedAnswersTest {

  private static final Path FOLDER = Path.of("src/test/prometheus");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NOW_MS = 1_700_000_445_000L;

  @TempDir private Path folder;

  private record Recorded(String method, String target, String form, String head, String body) {}

  @TestFactory
  Stream<DynamicTest> answersAsPrometheus() throws IOException {
    TestListener listener = new TestListener(ListenerName.PROMETHEUS, routes(series()), folder);
    Client client = new Client(listener.address());
    return recorded().stream()
        .map(recorded ->
            DynamicTest.dynamicTest(
                recorded.method + " " + recorded.target + " " + recorded.form,
                () -> compare(client, recorded)))
        .onClose(listener::close);
  }

  private static void compare(Client client, Recorded recorded) {
    Client.Reply reply =
        recorded.form.isEmpty()
            ? client.send(recorded.method, recorded.target, new byte[0])
            : client.post(
                recorded.target,
                "application/x-www-form-urlencoded",
                recorded.form.getBytes(StandardCharsets.UTF_8));
    assertThat((reply.status() + " " + reply.header("content-type")).strip())
        .as(reply.text())
        .isEqualTo(recorded.head);
    assertThat(annotationsSorted(reply.text().strip())).isEqualTo(annotationsSorted(recorded.body));
  }

  /** Prometheus gives warnings and infos in no order. */
  private static String annotationsSorted(String body) {
    if (!body.contains("\"warnings\":[") && !body.contains("\"infos\":[")) {
      return body;
    }
    try {
      ObjectNode node = (ObjectNode) MAPPER.readTree(body);
      for (String name : List.of("warnings", "infos")) {
        if (node.get(name) instanceof ArrayNode texts) {
          List<JsonNode> sorted =
              StreamSupport.stream(texts.spliterator(), false)
                  .sorted(Comparator.comparing(JsonNode::asText))
                  .toList();
          node.set(name, MAPPER.createArrayNode().addAll(sorted));
        }
      }
      return node.toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Routes routes(MemorySeries series) {
    SimulatedTime time = new SimulatedTime(NOW_MS);
    Queries queries =
        new Queries(
            time,
            new RunningQueries(time, time, 4, QueryWatch.NONE),
            new MemoryLedger().open("queries", 1 << 26),
            Duration.ofMinutes(2),
            Runnable::run);
    EngineOptions options = EngineOptions.DEFAULT;
    Routes routes = new Routes();
    new QueryApi(
            series,
            queries,
            options,
            QueryWorkers.NONE,
            false,
            new QueryLog(new SimulatedTime(0), new PlatformMetrics()),
            StillSamples.cache())
        .addTo(routes);
    new SeriesApi(series, queries, options.parser()).addTo(routes);
    new SearchApi(series, queries, options.parser()).addTo(routes);
    new ExpressionApi(options.parser()).addTo(routes);
    return routes;
  }

  private static MemorySeries series() throws IOException {
    MemorySeries series = new MemorySeries();
    PromqlParser parser = new PromqlParser(ParserOptions.STABLE);
    for (String line : Files.readAllLines(FOLDER.resolve("series.txt"))) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split("\t");
      Labels.Builder labels = Labels.builder();
      for (LabelMatcher matcher : parser.parseSelector(fields[0])) {
        labels.set(matcher.label(), ((LabelMatcher.Equal) matcher).value());
      }
      Labels built = labels.build();
      for (int i = 3; i < fields.length; i++) {
        long seconds = Long.parseLong(fields[1]) + (i - 3) * Long.parseLong(fields[2]);
        series.add(built, seconds * 1000, FloatText.parseFloat(fields[i]));
      }
    }
    return series;
  }

  private static List<Recorded> recorded() throws IOException {
    List<Recorded> all = new ArrayList<>();
    String[] request = {};
    String head = "";
    StringBuilder body = new StringBuilder();
    for (String line : Files.readAllLines(FOLDER.resolve("answers.txt"))) {
      if (line.startsWith("> ")) {
        request = line.substring(2).split(" ", 3);
        body.setLength(0);
      } else if (line.startsWith("< ")) {
        head = line.substring(2).strip();
      } else if (line.isEmpty()) {
        if (request.length > 0) {
          all.add(
              new Recorded(
                  request[0],
                  request[1],
                  request.length > 2 ? request[2] : "",
                  head,
                  body.toString().strip()));
        }
        request = new String[0];
      } else {
        body.append(line).append('\n');
      }
    }
    return all;
  }
}
