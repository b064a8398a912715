package io.ghostworks.wire.otlp.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogStreamsTest {

  private static LogBatch assigned(String attributes, String record) {
    byte[] body =
        ("{\"resourceLogs\":[{\"resource\":{\"attributes\":["
                + attributes
                + "]},\"scopeLogs\":[{\"logRecords\":["
                + record
                + "]}]}]}")
            .getBytes(StandardCharsets.UTF_8);
    LogBatch batch =
        new OtlpDecoder(OtlpLimits.DEFAULT).logs(OtlpEncoding.JSON, body, 0, body.length).batch();
    new LogStreams(LogStreams.LABELS_BY_DEFAULT).assign(batch, 99);
    return batch;
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
}
