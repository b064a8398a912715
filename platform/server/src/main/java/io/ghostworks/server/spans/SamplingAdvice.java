package io.ghostworks.server.spans;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.wire.proto.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What Jaeger's clients are told when they ask how to sample: everything, as what is stored here is
 * to be complete. A client that is configured to sample less by itself does not ask.
 *
 * <p>Source: jaeger-idl proto/api_v2/sampling.proto and thrift/sampling.thrift.
 */
final class SamplingAdvice {

  private static final double RATE = 1.0;
  private static final byte[] JSON =
      "{\"strategyType\":\"PROBABILISTIC\",\"probabilisticSampling\":{\"samplingRate\":1}}"
          .getBytes(StandardCharsets.UTF_8);

  private SamplingAdvice() {}

  /** Answers {@code /sampling?service=NAME}. */
  static CompletionStage<Answer> answer(Exchange exchange) {
    if (exchange.parameter("service").isEmpty()) {
      throw RequestException.bad("'service' parameter must be provided once");
    }
    return CompletableFuture.completedFuture(Answer.json(200, JSON));
  }

  /** A {@code SamplingStrategyResponse}. */
  static byte[] message() {
    ProtoWriter out = new ProtoWriter(16);
    int probabilistic = out.begin(2);
    out.float64Always(1, RATE);
    out.end(probabilistic);
    return out.toByteArray();
  }
}
