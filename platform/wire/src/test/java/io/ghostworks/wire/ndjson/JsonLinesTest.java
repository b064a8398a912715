package io.ghostworks.wire.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
  private static final long NOW = 1_700_000_000_000_000_000L;

  private static Decoded<LogBatch> read(String text, JsonLineOptions options) {
    byte[] body = ("xx" + text).getBytes(StandardCharsets.UTF_8);
    return JsonLines.read(body, 2, body.length - 2, options, NOW);
  }

  @Test
  void makesTypedAttributesOfWhatIsNotALinesOwn() {
    LogBatch batch =
        read(
                """
                {"_msg":"one","_time":"2023-11-14T22:13:20Z"}
                {"message":"two","a":{"b":{"c":7}},"d":1.5,"e":true,"f":[1,{"a":2}],"g":null,"h":123456789012345678901,"service":{"name":"s"}}
                """,
                JsonLineOptions.LINES)
            .batch();
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.timeNanos(0)).isEqualTo(NOW);
    assertThat(batch.body().string(1)).isEqualTo("two");
    assertThat(batch.attributes().findString(1, "f")).isEqualTo("[1,{\"a\":2}]");
    assertThat(batch.attributes().findString(1, "h")).isEqualTo("123456789012345678901");
    assertThat(batch.attributes().key(0)).isEqualTo("a.b.c");
    assertThat(batch.attributes().values().type(0)).isEqualTo(ValueColumn.INT);
    assertThat(batch.attributes().values().doubleValue(1)).isEqualTo(1.5);
    assertThat(batch.streams().labels(batch.stream(1))).isEqualTo(Labels.of("service_name", "s"));
    assertThat(batch.resources().attributes().findString(batch.resource(1), "service.name"))
        .isEqualTo("s");
  }

  @Test
  void doesNotRepeatALongNameForEachFieldBelowIt() {
    String name = "n".repeat(300);
    LogBatch batch =
        read("{\"_msg\":\"one\",\"%s\":{\"a\":1,\"b\":2}}\n".formatted(name), JsonLineOptions.LINES)
            .batch();
    assertThat(batch.attributes().key(0)).isEqualTo(name);
    assertThat(batch.attributes().findString(0, name)).isEqualTo("{\"a\":1,\"b\":2}");
  }

  @Test
  void keepsObjectsWithoutAMessageAsTheyCame() {
    String line = "{ \"n\" : 1.50, \"s\":\"\\u0041\" }";
    LogBatch batch = read(line + "\n", JsonLineOptions.LINES).batch();
    assertThat(batch.body().string(0)).isEqualTo(line);
    assertThat(batch.attributes().end(0)).isZero();
  }

  @Test
  void keepsLinesThatAreNotUtf8ByteForByte() {
    byte[] line = {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'};
    LogBatch batch = JsonLines.read(line, 0, line.length, JsonLineOptions.LINES, NOW).batch();
    assertThat(batch.arena().copy(batch.body().payload(0))).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-11-14T22:13:20Z",
    "2023-11-14T23:13:20+01:00",
    "2023-11-14 22:13:20",
    "2023-11-14T23:13:20+0100",
    "1700000000",
    "1700000000000",
    "1700000000000000",
    "1700000000000000000",
    "1700000000.0",
    "1.7e9",
    "2023-11-14T22:13:20,000Z",
    "0"
  })
  void readsTimesAsLoggersWriteThem(String time) {
    assertThat(
            read("{\"ts\":\"%s\",\"msg\":\"x\"}".formatted(time), JsonLineOptions.LINES)
                .batch()
                .timeNanos(0))
        .isEqualTo(NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "yesterday",
    "2023-13-01T00:00:00Z",
    "1e400",
    "99999999999999999999",
    "--1",
    "9999-01-01T00:00:00Z"
  })
  void refusesWhatIsNoTime(String time) {
    Decoded<LogBatch> decoded =
        read("{\"ts\":\"%s\",\"msg\":\"x\"}".formatted(time), JsonLineOptions.LINES);
    assertThat(decoded.batch().rows()).isZero();
    assertThat(decoded.rejections().getFirst().example()).startsWith("line 1: field [ts] must be");
  }

  @Test
  void survivesAnyBytes() {
    long seed = Long.getLong("seed", 11);
    Random random = new Random(seed);
    byte[] alphabet = "{}[]\",:\\\n \tae10.-tfn\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = new byte[random.nextInt(60)];
      for (int j = 0; j < body.length; j++) {
        body[j] = alphabet[random.nextInt(alphabet.length)];
      }
      JsonLines.read(body, 0, body.length, JsonLineOptions.LINES, NOW);
      try {
        BulkRequest.read(body, 0, body.length, "i", JsonLineOptions.ECS, NOW);
      } catch (WireFormatException e) {
        assertThat(e).as("seed %d", seed).hasMessageStartingWith("Malformed action/metadata line");
      }
    }
  }
}
