package io.ghostworks.server.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.query.QueryWatch;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.TestListener;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts are what Prometheus 3.14 federates of the same series. */
class FederateApiTest {

  private static final long NOW_MS = 1_700_000_000_000L;
  private static final String MATCH = "/federate?match%5B%5D=";

  private final MemorySeries series = new MemorySeries();
  @TempDir private Path folder;
  private TestListener listener;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    SimulatedTime time = new SimulatedTime(NOW_MS);
    Queries queries =
        new Queries(
            time,
            new RunningQueries(time, time, 1, QueryWatch.NONE),
            new MemoryLedger().open("queries", 1 << 24),
            Duration.ofSeconds(5),
            Runnable::run);
    Routes routes = new Routes();
    new FederateApi(
            series,
            queries,
            EngineOptions.DEFAULT,
            tenant -> Labels.of("cluster", "c1", "job", "other"))
        .addTo(routes);
    listener = new TestListener(ListenerName.PROMETHEUS, routes, folder);
    client = new Client(listener.address());
    series.add(Labels.of("__name__", "b", "job", "x"), NOW_MS - 30_000, 1);
    series.add(Labels.of("__name__", "b", "job", "x"), NOW_MS - 15_000, 2);
    series.add(Labels.of("Z", "<z>\n", "__name__", "a", "instance", "i"), NOW_MS, 1e6);
    series.add(Labels.of("__name__", "old"), NOW_MS - 300_001, 1);
    series.add(Labels.of("__name__", "gone"), NOW_MS - 30_000, 1);
    series.add(
        Labels.of("__name__", "gone"),
        NOW_MS - 15_000,
        Double.longBitsToDouble(Samples.STALE_BITS));
    series.add(Labels.of("__name__", "utf8.metric", "http.status", "200"), NOW_MS, 0.5);
  }

  @AfterEach
  void stop() {
    listener.close();
  }

  @Test
  void givesTheNewestSamplesByTheNamesOfTheirMetrics() {
    Client.Reply reply = client.get(MATCH + "b&match%5B%5D=%7B__name__!%3D%22%22%7D");
    assertThat(reply.header("content-type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
    assertThat(reply.text())
        .isEqualTo(
            """
            # TYPE a untyped
            a{Z="<z>\\n",instance="i",cluster="c1",job="other"} 1e+06 1700000000000
            # TYPE b untyped
            b{job="x",cluster="c1",instance=""} 2 1699999985000
            # TYPE utf8_metric untyped
            utf8_metric{http_status="200",cluster="c1",instance="",job="other"} 0.5 1700000000000
            """);
  }

  @Test
  void keepsNamesForReadersThatTakeThem() {
    Client.Reply reply =
        client.get(
            MATCH + "%7B%22utf8.metric%22%7D", "Accept", "text/plain;escaping=allow-utf-8;q=0.5");
    assertThat(reply.header("content-type")).endsWith("escaping=allow-utf-8");
    assertThat(reply.text())
        .isEqualTo(
            """
            # TYPE "utf8.metric" untyped
            {"utf8.metric","http.status"="200",cluster="c1",instance="",job="other"} 0.5 1700000000000
            """);
  }

  @Test
  void givesMessagesToReadersThatAskForThem() {
    Client.Reply reply =
        client.get(
            MATCH + "b",
            "Accept",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");
    assertThat(reply.header("content-type"))
        .isEqualTo(
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
                + " encoding=delimited; escaping=underscores");
    byte[] body = reply.body();
    assertThat(body[0]).isEqualTo((byte) (body.length - 1));
    assertThat(new String(body, StandardCharsets.ISO_8859_1))
        .contains("\n\u0001b\u0018\u0003\"")
        .contains("\n\u0003job\u0012\u0001x")
        .contains("\n\u0007cluster\u0012\u0002c1")
        .contains("\n\binstance\u0012\u0000");
  }

  @Test
  void refusesWhatIsNoSelector() {
    Client.Reply reply = client.get(MATCH + "%7B");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).isEqualTo("1:2: parse error: unexpected end of input inside braces\n");
  }

  @Test
  void isEmptyWithoutSelectors() {
    assertThat(client.get("/federate").text()).isEmpty();
  }
}
