package io.ghostworks.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.ghostworks.wire.WireFormatException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoders and encoders against the generated classes, with random messages. */
class OtlpOracleTest {
  private static final OtlpDecoder DECODER = new OtlpDecoder(OtlpLimits.DEFAULT);
  private static final int MESSAGES = 150;

  interface Messages {
    Message next(RandomOtlp random);
  }

  interface RoundTrip {
    byte[] apply(OtlpEncoding from, byte[] body, OtlpEncoding to);
  }

  static Stream<Arguments> signals() {
    return Stream.of(
        Arguments.of(
            "traces",
            (Messages) RandomOtlp::traces,
            (RoundTrip)
                (from, body, to) ->
                    OtlpEncoder.traces(to, DECODER.traces(from, body, 0, body.length).batch()),
            ExportTraceServiceRequest.parser()),
        Arguments.of(
            "logs",
            (Messages) RandomOtlp::logs,
            (RoundTrip)
                (from, body, to) ->
                    OtlpEncoder.logs(to, DECODER.logs(from, body, 0, body.length).batch()),
            ExportLogsServiceRequest.parser()),
        Arguments.of(
            "metrics",
            (Messages) RandomOtlp::metrics,
            (RoundTrip)
                (from, body, to) ->
                    OtlpEncoder.metrics(to, DECODER.metrics(from, body, 0, body.length).batch()),
            ExportMetricsServiceRequest.parser()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signals")
  void keepsEveryFieldThroughProtobuf(
      String name, Messages messages, RoundTrip trip, Parser<? extends Message> oracle)
      throws Exception {
    for (long seed = 0; seed < MESSAGES; seed++) {
      Message expected = messages.next(new RandomOtlp(seed));
      byte[] again =
          trip.apply(OtlpEncoding.PROTOBUF, expected.toByteArray(), OtlpEncoding.PROTOBUF);
      assertThat((Object) oracle.parseFrom(again)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signals")
  void keepsEveryFieldThroughJson(
      String name, Messages messages, RoundTrip trip, Parser<? extends Message> oracle)
      throws Exception {
    for (long seed = 0; seed < MESSAGES; seed++) {
      Message expected = messages.next(new RandomOtlp(seed));
      byte[] json = trip.apply(OtlpEncoding.PROTOBUF, expected.toByteArray(), OtlpEncoding.JSON);
      byte[] again = trip.apply(OtlpEncoding.JSON, json, OtlpEncoding.PROTOBUF);
      assertThat((Object) oracle.parseFrom(again)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signals")
  void refusesDamagedBytesWhereTheOracleDoes(
      String name, Messages messages, RoundTrip trip, Parser<? extends Message> oracle) {
    SplittableRandom random = new SplittableRandom(42);
    int passedOver = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = messages.next(new RandomOtlp(i % 50)).toByteArray();
      byte[] damaged = damage(bytes, random);
      String theirs = null;
      try {
        oracle.parseFrom(damaged);
      } catch (InvalidProtocolBufferException e) {
        theirs = e.getMessage();
      }
      String ours = null;
      try {
        trip.apply(OtlpEncoding.PROTOBUF, damaged, OtlpEncoding.PROTOBUF);
      } catch (WireFormatException e) {
        ours = e.getMessage();
      }
      // The generated classes take overlong varints and tags, which the encoding does not allow.
      boolean overlong =
          ours != null
              && (ours.contains("varint of more than 10 bytes") || ours.contains("invalid tag"));
      assertThat(ours == null || overlong || theirs != null)
          .as("message %d of seed 42; ours: %s, theirs: %s", i, ours, theirs)
          .isTrue();
      passedOver += ours == null && theirs != null ? 1 : 0;
    }
    // What we do not keep (entity references, data that a later field replaces) is not looked into.
    assertThat(passedOver).isLessThan(100);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("signals")
  void survivesDamagedJson(
      String name, Messages messages, RoundTrip trip, Parser<? extends Message> oracle) {
    SplittableRandom random = new SplittableRandom(43);
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = messages.next(new RandomOtlp(i % 50)).toByteArray();
      byte[] json = trip.apply(OtlpEncoding.PROTOBUF, bytes, OtlpEncoding.JSON);
      try {
        trip.apply(OtlpEncoding.JSON, damage(json, random), OtlpEncoding.PROTOBUF);
      } catch (WireFormatException e) {
        assertThat(e).hasMessageContaining("JSON");
      }
    }
  }

  private static byte[] damage(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return bytes;
    }
    if (random.nextInt(4) == 0) {
      return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    byte[] damaged = bytes.clone();
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }
}
