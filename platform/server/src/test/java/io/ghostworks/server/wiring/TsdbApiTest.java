package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the endpoints under {@code status/tsdb} tell of a running platform. */
class TsdbApiTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TENANT = "cardinality";

  @TempDir private static Path data;
  private static Platform platform;
  private static final long NOW_MS = System.currentTimeMillis();

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
    ProtoWriter out = new ProtoWriter(64);
    for (int i = 0; i < 5; i++) {
      series(out, "wide", "id", "v" + i);
    }
    series(out, "narrow", "id", "v0");
    assertThat(
            new Client(platform.address(ListenerName.PROMETHEUS))
                .post(
                    "/api/v1/write",
                    "application/x-protobuf",
                    ContentCoding.SNAPPY.encode(out.toByteArray()),
                    "Content-Encoding",
                    "snappy",
                    "X-Scope-OrgID",
                    TENANT)
                .status())
        .isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static void series(ProtoWriter out, String metric, String label, String value) {
    int series = out.begin(1);
    for (String[] pair : new String[][] {{"__name__", metric}, {label, value}}) {
      int field = out.begin(1);
      out.text(1, pair[0]);
      out.text(2, pair[1]);
      out.end(field);
    }
    int sample = out.begin(2);
    out.float64Always(1, 1);
    out.uint(2, NOW_MS);
    out.end(sample);
    out.end(series);
  }

  private static Client.Reply get(String path) {
    return new Client(platform.address(ListenerName.PROMETHEUS)).get(path, "X-Scope-OrgID", TENANT);
  }

  private static JsonNode data(String path) throws IOException {
    return MAPPER.readTree(get(path).text()).get("data");
  }

  /** As Prometheus 3.14 answers for the same series. */
  @Test
  void tellsLabelsInTheFormOfPrometheus() {
    String answer = get("/api/v1/status/tsdb?limit=2").text().replace(Long.toString(NOW_MS), "NOW");
    assertThat(answer.replaceAll("\"(min|max)Time\":[NOW0-9]+", "\"$1Time\":T"))
        .isEqualTo(
            """
            {"status":"success","data":{"headStats":{"numSeries":6,"numLabelPairs":7,"chunkCount":6,"minTime":T,"maxTime":T},\
            "seriesCountByMetricName":[{"name":"wide","value":5},{"name":"narrow","value":1}],\
            "labelValueCountByLabelName":[{"name":"id","value":5},{"name":"__name__","value":2}],\
            "memoryInBytesByLabelName":[{"name":"__name__","value":86},{"name":"id","value":36}],\
            "seriesCountByLabelValuePair":[{"name":"__name__=wide","value":5},{"name":"id=v0","value":2}]}}\
            """);
  }

  @Test
  void refusesLimitsAsPrometheusDoes() {
    for (String limit : new String[] {"0", "-1", "x"}) {
      Client.Reply reply = get("/api/v1/status/tsdb?limit=" + limit);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text())
          .isEqualTo(
              "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"limit must be a"
                  + " positive number\"}");
    }
    assertThat(get("/api/v1/status/tsdb?limit=10001").text())
        .contains("limit must not exceed 10000");
  }

  @Test
  void tellsWhichMetricsHaveNewSeries() throws IOException {
    JsonNode churn = data("/api/v1/status/tsdb/churn?limit=1");
    assertThat(churn.get("hours")).hasSize(6);
    assertThat(churn.get("metrics")).hasSize(1);
    JsonNode wide = churn.get("metrics").get(0);
    assertThat(wide.get("name").asText()).isEqualTo("wide");
    assertThat(wide.get("active").asInt()).isEqualTo(5);
    assertThat(wide.get("began").get(0).asInt() + wide.get("began").get(1).asInt()).isEqualTo(5);
    assertThat(wide.get("ended").get(0).asInt()).isZero();
  }

  @Test
  void showsPartsToTheOperatorOnly() throws IOException {
    assertThat(data("/api/v1/status/tsdb/blocks").get("blocks")).isEmpty();
  }
}
