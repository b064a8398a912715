package io.ghostworks.wire.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.proto.ProtoWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LokiPushDecoderTest {
  private static final LokiPushDecoder DECODER = new LokiPushDecoder(100);

  private static Decoded<LogBatch> json(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return DECODER.json(body, 0, body.length, false, ServiceName.DEFAULT, null);
  }

  private static byte[] push(String labels, byte[] line) {
    ProtoWriter out = new ProtoWriter(64);
    int stream = out.begin(1);
    out.text(1, labels);
    int entry = out.begin(2);
    int time = out.begin(1);
    out.uint(1, 1_700_000_000L);
    out.uint(2, 5);
    out.end(time);
    out.bytes(2, line, 0, line.length);
    int metadata = out.begin(3);
    out.text(1, "trace_id");
    out.text(2, "abc");
    out.end(metadata);
    out.end(entry);
    out.end(stream);
    return out.toByteArray();
  }

  private static LogBatch protobuf(String labels, byte[] line) {
    byte[] body = push(labels, line);
    return DECODER.protobuf(body, 0, body.length, ServiceName.DEFAULT, null).batch();
  }

  @Test
  void readsProtobuf() {
    LogBatch batch =
        protobuf("{job=\"x\", level=\"WARN\"}", "hello".getBytes(StandardCharsets.UTF_8));
    assertThat(batch.rows()).isEqualTo(1);
    assertThat(batch.timeNanos(0)).isEqualTo(1_700_000_000_000_000_005L);
    assertThat(batch.body().string(0)).isEqualTo("hello");
    assertThat(batch.streams().labels(batch.stream(0)))
        .isEqualTo(Labels.of("job", "x", "level", "WARN", "service_name", "x"));
    assertThat(batch.attributes().findString(0, "trace_id")).isEqualTo("abc");
  }

  @Test
  void readsJsonAlsoWithLabelsAfterValues() {
    LogBatch batch =
        json("""
        {"streams":[
          {"stream":{"app":"a"},"values":[["1","one"],["2","two",{"severity":"ERR"}]]},
          {"values":[["3","three"]],"stream":{"service_name":"s"}}]}
        """)
            .batch();
    assertThat(batch.rows()).isEqualTo(3);
    assertThat(batch.attributes().findString(1, "severity")).isEqualTo("ERR");
    assertThat(batch.streams().labels(batch.stream(0)))
        .isEqualTo(Labels.of("app", "a", "service_name", "a"));
    assertThat(batch.streams().labels(batch.stream(2))).isEqualTo(Labels.of("service_name", "s"));
    assertThat(batch.body().string(2)).isEqualTo("three");
  }

  @Test
  void refusesNamesInJsonThatNoSelectorCouldHave() {
    assertThatThrownBy(
            () -> json("{\"streams\":[{\"stream\":{\"a-b\":\"x\"},\"values\":[[\"1\",\"x\"]]}]}"))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("error parsing labels '{a-b=\"x\"}' with error: parse error");
  }

  @Test
  void namesTheServiceOfStreamsWithoutLabels() {
    LogBatch batch = json("{\"streams\":[{\"stream\":{},\"values\":[[\"1\",\"x\"]]}]}").batch();
    assertThat(batch.streams().labels(batch.stream(0)))
        .isEqualTo(Labels.of("service_name", "unknown_service"));
  }

  @Test
  void keepsLinesThatAreNotUtf8ByteForByte() {
    LogBatch batch = protobuf("{a=\"b\"}", new byte[] {'x', (byte) 0xff, 0, '\n'});
    assertThat(batch.arena().copy(batch.body().payload(0)))
        .containsExactly('x', (byte) 0xff, 0, '\n');
  }

  @Test
  void leavesOutOfMetadataWhatIsNotUtf8() {
    LogBatch batch =
        json("""
        {"streams":[{"stream":{"a":"b"},"values":[["1","x",{"k":"v\ufffdw"}]]}]}
        """)
            .batch();
    assertThat(batch.attributes().findString(0, "k")).isEqualTo("vw");
  }

  @Test
  void readsTheFormOfTheFirstVersion() {
    byte[] body =
        """
        {"streams":[{"labels":"{a=\\"b\\"}","entries":[
          {"ts":"2018-12-18T08:28:06.801064-04:00","line":"baz","structuredMetadata":{"k":"v"}}]}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    LogBatch batch = DECODER.json(body, 0, body.length, true, ServiceName.DEFAULT, null).batch();
    assertThat(batch.timeNanos(0)).isEqualTo(1545136086801064000L);
    assertThat(batch.body().string(0)).isEqualTo("baz");
    assertThat(batch.attributes().findString(0, "k")).isEqualTo("v");
  }

  @Test
  void takesWhatLokiTakesOfJson() {
    LogBatch batch =
        json("""
        {"Streams":[null,{"stream":{"a":1},"values":[null,["1"],["2","x",{},7,[8]]]},
          {"stream":{"a":"b"},"values":null}],"other":[{}]} trailing
        """)
            .batch();
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.body().string(0)).isEmpty();
    assertThat(batch.streams().labels(batch.stream(0)).find("a")).isEqualTo("1");
  }

  @Test
  void marksStreamsThatAreFilledInLater() {
    byte[] body = push("{a=\"b\"}", new byte[] {'x'});
    LogBatch batch =
        DECODER.protobuf(body, 0, body.length, ServiceName.DEFAULT, "2026-06-10").batch();
    assertThat(batch.streams().labels(0).find("__backfill_shard__")).isEqualTo("2026-06-10");
    assertThatThrownBy(() -> protobuf("{__backfill__=\"true\"}", new byte[] {'x'}))
        .hasMessageContaining("reserved labels __backfill__ or __backfill_shard__");
  }

  @Test
  void refusesEntriesBeyondTheLimit() {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < 103; i++) {
      values.append(i == 0 ? "" : ",").append("[\"1\",\"x\"]");
    }
    Decoded<LogBatch> decoded =
        json("{\"streams\":[{\"stream\":{\"a\":\"b\"},\"values\":[" + values + "]}]}");
    assertThat(decoded.batch().rows()).isEqualTo(100);
    assertThat(decoded.rejectedRows()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a=\"b\"",
        "{a=b}",
        "{a=\"b}",
        "{a=\"b\"",
        "{a=\"b\" c=\"d\"}",
        "{1a=\"b\"}",
        "{a=\"\\q\"}",
        "{a=\"b\"} x",
        "{a.b=\"c\"}",
        "{a=\"1\",a=\"2\"}"
      })
  void refusesLabelsInLokisWords(String labels) {
    assertThatThrownBy(() -> protobuf(labels, new byte[] {'x'}))
        .isInstanceOf(WireFormatException.class)
        .message()
        .matches("(?s)(couldn't parse labels: |stream ').*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"streams\":{}}",
        "{\"streams\":[{\"stream\":{\"a\":[]}}]}",
        "{\"streams\":[{\"values\":[[1,\"x\"]]}]}",
        "{\"streams\":[{\"values\":[[\"1\",\"x\",\"y\"]]}]}",
        "{\"streams\":[{\"values\":[[\"1s\",\"x\"]]}]}"
      })
  void refusesJsonThatIsNoPush(String text) {
    assertThatThrownBy(() -> json(text)).isInstanceOf(WireFormatException.class);
  }

  @Test
  void survivesEveryTruncation() {
    byte[] body = push("{a=\"b\"}", "line".getBytes(StandardCharsets.UTF_8));
    for (int length = 0; length < body.length; length++) {
      try {
        DECODER.protobuf(body, 0, length, ServiceName.DEFAULT, null);
      } catch (WireFormatException e) {
        assertThat(e).hasMessageMatching("(?s)(malformed|couldn't parse).*");
      }
    }
  }
}
