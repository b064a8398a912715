package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.GrpcCalls;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queries of traces that nobody asks in good faith: refused with a reason, or ended in time. */
@Timeout(120)
class HostileTraceqlTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SPANS = 20_000;
  private static final int BATCH = 2_000;
  private static final long QUERY_TIMEOUT_MS = 2_000;

  /** Beside the time of a query, on a machine that others use too. */
  private static final long SLACK_MS = 6_000;

  /** All spans against all spans, two thousand times. */
  private static final String LONG_QUERY = "{}" + ">>{}".repeat(1_990);

  @TempDir private static Path data;
  private static Platform platform;

  @BeforeAll
  static void start() throws IOException {
    Path config = data.resolve("ghostworks.yml");
    Files.writeString(config, "limits:\n  query_timeout: %dms\n".formatted(QUERY_TIMEOUT_MS));
    platform =
        Platform.start(
            new ServeOptions(
                Optional.of(config),
                data.resolve("data"),
                0,
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                true));
    for (int from = 0; from < SPANS; from += BATCH) {
      send(from);
    }
  }

  /** One trace that is a chain of spans. */
  private static void send(int from) {
    long now = System.currentTimeMillis() * 1_000_000L - 60_000_000_000L;
    SpanBatch batch = new SpanBatch();
    batch.resources().attributes().add("service.name", "chain");
    int resource = batch.resources().end(0, 0);
    int scope = batch.scopes().end(0, 0, 0, 0);
    for (int i = from; i < from + BATCH; i++) {
      batch.attributes().add("text", "a".repeat(40) + i);
      long start = now + 1_000L * i;
      batch.endRow(
          resource,
          scope,
          7,
          7,
          i + 1,
          i,
          0,
          0,
          batch.arena().append("link"),
          2,
          start,
          start + 5_000_000,
          0,
          0,
          0,
          0,
          0);
    }
    Client.Reply reply =
        client(ListenerName.OTLP_HTTP)
            .post(
                "/v1/traces",
                "application/x-protobuf",
                OtlpEncoder.traces(OtlpEncoding.PROTOBUF, batch));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static Client client(ListenerName name) {
    return new Client(platform.address(name));
  }

  private static String searchPath(String query) {
    return "/api/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private static Client.Reply search(String query) {
    return inTime(searchPath(query));
  }

  private static Client.Reply metrics(String query) {
    long now = System.currentTimeMillis() / 1_000;
    return inTime(
        "/api/metrics/query_range?start=%d&end=%d&step=1s&q=%s"
            .formatted(now - 3_600, now, URLEncoder.encode(query, StandardCharsets.UTF_8)));
  }

  private static Client.Reply inTime(String target) {
    long start = System.nanoTime();
    Client.Reply reply = client(ListenerName.TEMPO).get(target);
    assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(QUERY_TIMEOUT_MS + SLACK_MS);
    return reply;
  }

  private static void assertRefused(Client.Reply reply, int status, String reason) {
    assertThat(reply.text()).contains(reason);
    assertThat(reply.status()).isEqualTo(status);
  }

  private static String joined(int count, String pattern, String by) {
    return IntStream.range(0, count).mapToObj(pattern::formatted).collect(Collectors.joining(by));
  }

  @Test
  void structureOfThousandsOfStepsEndsWithItsTime() {
    Client.Reply reply = search(LONG_QUERY);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.header("x-ghostworks-partial")).contains("timed out");
  }

  @Test
  void aStreamThatEndsWithItsTimeSaysSoInItsTrailers() {
    ProtoWriter request = new ProtoWriter(64);
    request.text(8, LONG_QUERY);
    GrpcCalls.Reply reply =
        new GrpcCalls(platform.address(ListenerName.TEMPO))
            .call("/tempopb.StreamingQuerier/Search", request.toByteArray());
    assertThat(reply.status()).as(reply.message()).isEqualTo("0");
    assertThat(reply.partial()).contains("timed%20out");
  }

  @Test
  void budgetsOfMemoryShowWhatIsHeld() {
    assertThat(client(ListenerName.PROMETHEUS).get("/metrics").text())
        .contains("ghostworks_memory_budget_used_bytes{budget=\"queries\"}")
        .contains("ghostworks_memory_budget_limit_bytes{budget=\"records/memory\"}");
  }

  @Test
  void whatNestsTooDeeplyOrHasTooManyOperatorsIsRefused() {
    assertRefused(search("{}" + ">>{}".repeat(2_001)), 400, "too many operators");
    assertRefused(search("{" + joined(2_100, ".a=1", "||") + "}"), 400, "too many operators");
    assertRefused(search("{" + "(".repeat(5_000)), 400, "nests too deeply");
    assertRefused(search("{" + "!".repeat(5_000) + ".a}"), 400, "nests too deeply");
    assertRefused(search("(".repeat(5_000)), 400, "nests too deeply");
    assertRefused(search("{ .a = \"" + "x".repeat(60_000) + "\" }"), 414, "");
  }

  @Test
  void chainsAsLongAsTheyMayBeAreEvaluated() {
    assertThat(search("{" + joined(990, ".a=1", "||") + "}").status()).isEqualTo(200);
    assertThat(search("{" + "(".repeat(400) + ".a=1" + ")".repeat(400) + "}").status())
        .isEqualTo(200);
    Client.Reply sum = search("{ .n" + "+1".repeat(1_900) + " > 0 }");
    assertThat(sum.status()).as(sum.text()).isEqualTo(200);
  }

  @Test
  void expressionsThatUnfoldAreRefusedAndLongOnesEndInTime() {
    assertRefused(search("{ .text =~ \"((a{1000}){1000}){1000}\" }"), 400, "invalid regex");
    Client.Reply reply = search("{ .text =~ \"" + joined(60, "(a+)+%db?", "|") + "\" }");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  @Test
  void manyAttributesAndGroupsEndInTime() {
    Client.Reply selected = search("{ true } | select(" + joined(1_500, ".attribute%d", ",") + ")");
    assertThat(selected.status()).as(selected.text()).isIn(200, 422);
    Client.Reply grouped =
        search("{ true } | " + joined(800, "by(.attribute%d)", "|") + " | count() > 0");
    assertThat(grouped.status()).as(grouped.text()).isEqualTo(200);
    assertRefused(
        metrics("{ } | rate() by(" + joined(6, ".a%d", ",") + ")"), 400, "metrics group by 6");
  }

  @Test
  void seriesBeyondTheMemoryOfAQueryAreRefused() {
    Client.Reply quantiles =
        metrics("{ } | quantile_over_time(duration, " + joined(3_000, ".%05d", ",") + ")");
    assertThat(quantiles.status()).as(quantiles.text()).isIn(422, 504);
    Client.Reply summed = metrics(joined(450, "({.a=%d}|rate())", "+"));
    assertThat(summed.status()).as(summed.text()).isIn(200, 422, 504);
    Client.Reply top = metrics("{ } | rate() by(.text) | topk(9223372036854775807)");
    assertThat(top.status()).as(top.text()).isIn(200, 422, 504);
  }

  private static JsonNode awaitRunning(Predicate<JsonNode> wanted) {
    JsonNode found = running();
    long end = System.nanoTime() + 20_000_000_000L;
    while (!wanted.test(found)) {
      assertThat(System.nanoTime()).as("the queries are as wanted in time").isLessThan(end);
      found = running();
    }
    return found;
  }

  private static JsonNode running() {
    Client.Reply reply = client(ListenerName.WEB).get("/api/platform/queries");
    try {
      return MAPPER.readTree(reply.body()).path("running");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean oneIsEvaluated(JsonNode list) {
    return list.size() == 1 && list.get(0).path("state").asText().equals("running");
  }

  @Test
  void aRunningQueryIsListedAndStoppedInTheMidstOfATrace() {
    CompletableFuture<Client.Reply> reply =
        CompletableFuture.supplyAsync(() -> client(ListenerName.TEMPO).get(searchPath(LONG_QUERY)));
    JsonNode query = awaitRunning(HostileTraceqlTest::oneIsEvaluated).get(0);
    assertThat(query.path("language").asText()).isEqualTo("traceql");
    assertThat(query.path("query").asText()).startsWith("{}>>{}");
    String path = "/api/platform/queries/" + query.path("id").asLong();
    assertThat(client(ListenerName.WEB).send("DELETE", path, new byte[0]).status()).isEqualTo(204);
    assertRefused(reply.join(), 499, "context canceled");
    awaitRunning(JsonNode::isEmpty);
  }

  @Test
  void aQueryEndsInTheMidstOfATraceWhenItsClientLeaves() throws IOException {
    InetSocketAddress address = platform.address(ListenerName.TEMPO);
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .formatted(searchPath(LONG_QUERY))
                  .getBytes(StandardCharsets.UTF_8));
      awaitRunning(HostileTraceqlTest::oneIsEvaluated);
    }
    long leftNanos = System.nanoTime();
    awaitRunning(JsonNode::isEmpty);
    assertThat((System.nanoTime() - leftNanos) / 1_000_000).isLessThan(QUERY_TIMEOUT_MS);
  }
}
