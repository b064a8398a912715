package io.ghostworks.instrumentation.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsistentProbabilitySamplerTest {
  private static final String PREFIX = "000000000000000000";

  @ParameterizedTest
  @CsvSource({"1,th:0", "0.5,th:8", "0.25,th:c", "0.01,th:fd70a", "0.001,th:ffbe77", "0.1,th:e666"})
  void writesTheThresholdOfItsProbability(double probability, String threshold) {
    SamplingResult result = decide(probability, Context.root(), PREFIX + "ffffffffffffff");
    assertThat(result.getDecision()).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
    assertThat(result.getUpdatedTraceState(TraceState.getDefault()).get("ot")).isEqualTo(threshold);
  }

  @Test
  void decidesByTheLast56BitsOfTheTraceId() {
    assertThat(decide(0.5, Context.root(), PREFIX + "80000000000000").getDecision())
        .isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
    assertThat(decide(0.5, Context.root(), PREFIX + "7fffffffffffff").getDecision())
        .isEqualTo(SamplingDecision.DROP);
    assertThat(
            decide(0.5, Context.root(), "ffffffffffffffffff7fffffffffffff".substring(0, 32))
                .getDecision())
        .isEqualTo(SamplingDecision.DROP);
  }

  @Test
  void samplesItsShareOfTraces() {
    long seed = Long.getLong("ghostworks.seed", 20261122L);
    Random random = new Random(seed);
    int sampled = 0;
    for (int i = 0; i < 100_000; i++) {
      String traceId = String.format("%016x%016x", random.nextLong(), random.nextLong());
      if (decide(0.01, Context.root(), traceId).getDecision()
          == SamplingDecision.RECORD_AND_SAMPLE) {
        sampled++;
      }
    }
    assertThat(sampled).as("seed %d", seed).isBetween(850, 1150);
  }

  @Test
  void probabilityZeroSamplesNothing() {
    assertThat(decide(0, Context.root(), PREFIX + "ffffffffffffff").getDecision())
        .isEqualTo(SamplingDecision.DROP);
  }

  @Test
  void followsTheParentAndKeepsItsTracestate() {
    TraceState state = TraceState.builder().put("ot", "th:c").put("vendor", "x").build();
    SamplingResult result =
        decide(0, parent(TraceFlags.getSampled(), state), PREFIX + "00000000000000");
    assertThat(result.getDecision()).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
    assertThat(result.getUpdatedTraceState(state)).isEqualTo(state);
    assertThat(
            decide(1, parent(TraceFlags.getDefault(), state), PREFIX + "ffffffffffffff")
                .getDecision())
        .isEqualTo(SamplingDecision.DROP);
  }

  @Test
  void rejectsWhatIsNoProbability() {
    assertThatThrownBy(() -> new ConsistentProbabilitySampler(1.5))
        .hasMessageContaining("between 0 and 1, got 1.5");
    assertThatThrownBy(() -> new ConsistentProbabilitySampler(Double.NaN))
        .hasMessageContaining("NaN");
  }

  private static SamplingResult decide(double probability, Context parent, String traceId) {
    return new ConsistentProbabilitySampler(probability)
        .shouldSample(parent, traceId, "span", SpanKind.SERVER, Attributes.empty(), List.of());
  }

  private static Context parent(TraceFlags flags, TraceState state) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", flags, state)));
  }
}
