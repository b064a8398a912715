package io.ghostworks.wire.otlp.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.wire.loki.ServiceName;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogStreamsTest {

  private static LogBatch assigned(String attributes, String record) {
    LogBatch batch = decoded(attributes, record);
    new LogStreams(OtlpAttributes.DEFAULT, ServiceName.DEFAULT).assign(batch, 99);
    return batch;
  }

  private static LogBatch decoded(String attributes, String record) {
    byte[] body =
        ("{\"resourceLogs\":[{\"resource\":{\"attributes\":["
                + attributes
                + "]},\"scopeLogs\":[{\"logRecords\":["
                + record
                + "]}]}]}")
            .getBytes(StandardCharsets.UTF_8);
    return new OtlpDecoder(OtlpLimits.DEFAULT)
        .logs(OtlpEncoding.JSON, body, 0, body.length)
        .batch();
  }

  private static String attribute(String key, String value) {
    return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
  }

  @Test
  void takeTheUsualResourceAttributesForLabels() {
    LogBatch batch =
        assigned(
            attribute("service.name", "api")
                + ","
                + attribute("k8s.pod.name", "p1")
                + ","
                + attribute("os.type", "linux"),
            "{\"timeUnixNano\":\"5\"}");
    assertThat(batch.streams().labels(batch.stream(0)))
        .isEqualTo(Labels.of("service_name", "api", "k8s_pod_name", "p1"));
    assertThat(batch.timeNanos(0)).isEqualTo(5);
  }

  @Test
  void findTheServiceNameOrSayThatItIsUnknown() {
    assertThat(assigned(attribute("k8s.job.name", "nightly"), "{}").streams().labels(0))
        .isEqualTo(Labels.of("k8s_job_name", "nightly", "service_name", "nightly"));
    assertThat(assigned("", "{}").streams().labels(0))
        .isEqualTo(Labels.of("service_name", "unknown_service"));
  }

  @Test
  void giveRowsWithoutATimeTheTimeOfObservationOrNow() {
    LogBatch batch = assigned("", "{\"observedTimeUnixNano\":\"7\"},{}");
    assertThat(batch.timeNanos(0)).isEqualTo(7);
    assertThat(batch.timeNanos(1)).isEqualTo(99);
  }

  @Test
  void fileAttributesAsTheirRulesSay() {
    LogBatch batch =
        decoded(
            attribute("service.name", "api")
                + ","
                + attribute("host.name", "h1")
                + ","
                + attribute("secret.key", "x")
                + ",{\"key\":\"team\",\"value\":{\"kvlistValue\":{\"values\":["
                + attribute("na.me", "core")
                + "]}}}",
            "{\"timeUnixNano\":\"5\",\"severityText\":\"Loud\",\"attributes\":["
                + attribute("zone", "z1")
                + ","
                + attribute("secret.pin", "1")
                + ","
                + attribute("kept", "k")
                + "]},{\"timeUnixNano\":\"6\"}");
    OtlpAttributes.Rule drop =
        new OtlpAttributes.Rule(
            OtlpAttributes.Action.DROP, Set.of(), Optional.of(Pattern.compile("secret.*")));
    new LogStreams(
            new OtlpAttributes(
                List.of(label("host.name", "team"), drop),
                List.of(),
                List.of(label("zone"), drop),
                true),
            ServiceName.DEFAULT)
        .assign(batch, 99);
    // service.name was sent, so that no other is found though it is no label.
    Labels ofResource = Labels.of("host_name", "h1", "team_na_me", "core");
    assertThat(batch.streams().labels(batch.stream(0)))
        .isEqualTo(
            Labels.of(
                "host_name", "h1", "severity_text", "Loud", "team_na_me", "core", "zone", "z1"));
    assertThat(batch.streams().labels(batch.stream(1))).isEqualTo(ofResource);
    assertThat(keys(batch.resources().attributes(), 0))
        .containsExactly("service.name", "host.name", "team");
    assertThat(keys(batch.attributes(), 0)).containsExactly("kept");
  }

  private static OtlpAttributes.Rule label(String... names) {
    return new OtlpAttributes.Rule(
        OtlpAttributes.Action.INDEX_LABEL, Set.of(names), Optional.empty());
  }

  private static List<String> keys(AttributeColumns attributes, int row) {
    return IntStream.range(attributes.start(row), attributes.end(row))
        .mapToObj(attributes::key)
        .toList();
  }
}
