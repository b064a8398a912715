package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Zipkin's query API, and traces as files, over a running platform. */
class ZipkinApiTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = "application/json";
  private static final long NOW_MS = System.currentTimeMillis();

  @TempDir private static Path data;
  private static Platform platform;

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
    long now = NOW_MS * 1_000;
    String spans =
        """
        [{"traceId":"000000000000000a","id":"1","kind":"CLIENT","name":"GET /buy","timestamp":%d,"duration":300,
          "localEndpoint":{"serviceName":"Front"},"remoteEndpoint":{"serviceName":"Shop"},"tags":{"http.method":"GET"},
          "annotations":[{"timestamp":%d,"value":"retry"}]},
         {"traceId":"000000000000000a","id":"1","kind":"SERVER","name":"buy","timestamp":%d,"duration":200,"shared":true,
          "localEndpoint":{"serviceName":"Shop"},"tags":{"error":"out of stock","http.method":"POST"}},
         {"traceId":"000000000000000b","id":"3","kind":"SERVER","name":"list","timestamp":%d,"duration":90000,
          "localEndpoint":{"serviceName":"Shop"},"tags":{"http.method":"GET","environment":"prod"}},
         {"traceId":"000000000000000c","id":"4","name":"old","timestamp":%d,"duration":5,"localEndpoint":{"serviceName":"batch"}}]
        """
            .formatted(
                now - 5_000, now - 4_900, now - 4_950, now - 2_000_000, now - 90_000_000_000L);
    assertThat(
            zipkin().post("/api/v2/spans", JSON, spans.getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(202);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static Client zipkin() {
    return new Client(platform.address(ListenerName.ZIPKIN));
  }

  private static Client web() {
    return new Client(platform.address(ListenerName.WEB));
  }

  private static JsonNode json(String target) {
    Client.Reply reply = zipkin().get(target);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return parsed(reply);
  }

  private static JsonNode parsed(Client.Reply reply) {
    try {
      return MAPPER.readTree(reply.body());
    } catch (IOException e) {
      throw new AssertionError(reply.text(), e);
    }
  }

  @Test
  void namesAreInLowerCase() {
    assertThat(json("/api/v2/services").toString()).contains("\"batch\",\"front\"", "\"shop\"");
    assertThat(json("/api/v2/spans?serviceName=shop").toString()).isEqualTo("[\"buy\",\"list\"]");
    assertThat(json("/api/v2/spans?serviceName=none").toString()).isEqualTo("[]");
    assertThat(json("/api/v2/remoteServices?serviceName=front").toString()).isEqualTo("[\"shop\"]");
    assertThat(json("/api/v2/autocompleteKeys").toString()).contains("\"http.method\"");
    assertThat(json("/api/v2/autocompleteValues?key=environment").toString())
        .isEqualTo("[\"prod\"]");
    assertThat(zipkin().get("/api/v2/spans").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "|a b",
        "serviceName=shop|a b",
        "serviceName=SHOP&spanName=LIST|b",
        "serviceName=front&spanName=buy|",
        "serviceName=all|",
        "spanName=all&limit=1|a",
        "remoteServiceName=shop|a",
        "serviceName=shop&remoteServiceName=shop|",
        "minDuration=1000|b",
        "minDuration=100&maxDuration=250|a",
        "serviceName=front&minDuration=100&maxDuration=250|",
        "annotationQuery=error|a",
        "annotationQuery=retry|a",
        "annotationQuery=http.method=GET|a b",
        "annotationQuery=http.method=GET and environment=prod|b",
        "serviceName=shop&annotationQuery=http.method=GET|b",
        "annotationQuery=error=out of stock and retry|a",
        "annotationQuery=nothing|",
        "lookback=172800000|a b c",
        "lookback=1000|a",
      })
  void findsTraces(String query, String expected) {
    String encoded = query == null ? "" : query.replace(" ", "%20");
    List<String> ids = new ArrayList<>();
    json("/api/v2/traces?endTs=" + NOW_MS + "&" + encoded)
        .forEach(trace -> ids.add(trace.at("/0/traceId").asText().substring(15)));
    assertThat(ids)
        .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected.split(" ", -1)));
  }

  @Test
  void givesTracesAsZipkinDoes() {
    assertThat(json("/api/v2/trace/a").toString())
        .contains(
            "\"traceId\":\"000000000000000a\",\"id\":\"0000000000000001\",\"kind\":\"CLIENT\",\"name\":\"get"
                + " /buy\"")
        .contains("\"remoteEndpoint\":{\"serviceName\":\"shop\"}")
        .contains("\"error\":\"out of stock\"")
        .contains("\"shared\":true");
    assertThat(zipkin().get("/api/v2/trace/ff").text()).isEqualTo("00000000000000ff not found\n");
    assertThat(zipkin().get("/api/v2/trace/ff").status()).isEqualTo(404);
    assertThat(zipkin().get("/api/v2/trace/xyz").status()).isEqualTo(400);
    assertThat(json("/api/v2/traceMany?traceIds=b,a,ff").size()).isEqualTo(2);
    assertThat(json("/api/v2/traceMany?traceIds=b,a").at("/0/0/traceId").asText()).endsWith("b");
    assertThat(web().get("/zipkin/api/v2/trace/a", "X-Scope-OrgID", "other").status())
        .isEqualTo(404);
    assertThat(json("/config.json").get("searchEnabled").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v2/traces?limit=0",
        "/api/v2/traces?minDuration=0",
        "/api/v2/traces?maxDuration=5",
        "/api/v2/traces?minDuration=5&maxDuration=4",
        "/api/v2/traces?lookback=-1",
        "/api/v2/traces?endTs=x",
        "/api/v2/traceMany",
        "/api/v2/traceMany?traceIds=a",
        "/api/v2/traceMany?traceIds=a,a",
        "/api/v2/dependencies"
      })
  void refusesWhatZipkinRefuses(String target) {
    assertThat(zipkin().get(target).status()).isEqualTo(400);
  }

  @Test
  void linksServices() {
    JsonNode links = json("/api/v2/dependencies?endTs=" + NOW_MS);
    assertThat(links.toString())
        .contains("{\"parent\":\"front\",\"child\":\"shop\",\"callCount\":1");
  }

  @Test
  void tracesAreDownloadedAndOpenedInEveryForm() {
    for (String format : List.of("otlp", "jaeger", "zipkin")) {
      Client.Reply download = web().get("/api/platform/traces/a/download?format=" + format);
      assertThat(download.status()).as(download.text()).isEqualTo(200);
      assertThat(download.header("content-disposition")).contains("." + format + ".json");
      Client.Reply opened =
          web().post("/api/platform/traces/open", "application/octet-stream", download.body());
      assertThat(opened.status()).as(opened.text()).isEqualTo(200);
      JsonNode view = parsed(opened);
      assertThat(view.get("format").asText()).isEqualTo(format);
      assertThat(view.get("spans").asInt()).isEqualTo(2);
      assertThat(view.get("traceId").asText()).isEqualTo("0000000000000000000000000000000a");
      assertThat(view.at("/trace/resourceSpans").size()).isEqualTo(2);
      assertThat(view.get("analysis").isObject()).isTrue();
    }
    assertThat(web().get("/api/platform/traces/a/download?format=xml").status()).isEqualTo(400);
    assertThat(web().get("/api/platform/traces/fe/download").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"a\":1}",
        "{\"batches\":[]}",
        "[{\"traceId\":\"x\"}]",
        "{\"data\":",
        "x"
      })
  void filesThatAreNoTracesAreRefused(String content) {
    Client.Reply reply =
        web().post("/api/platform/traces/open", JSON, content.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
  }

  @Test
  void nothingThatIsOpenedIsStored() {
    String file =
        "[{\"traceId\":\"d\",\"id\":\"1\",\"timestamp\":%d,\"localEndpoint\":{\"serviceName\":\"from-file\"}}]"
            .formatted(NOW_MS * 1_000);
    assertThat(
            web()
                .post("/api/platform/traces/open", JSON, file.getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(200);
    assertThat(zipkin().get("/api/v2/trace/d").status()).isEqualTo(404);
  }
}
