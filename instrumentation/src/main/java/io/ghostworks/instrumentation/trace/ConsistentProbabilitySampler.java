package io.ghostworks.instrumentation.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Samples a share of traces, decided where the trace begins: a span with a parent does as its
 * parent did.
 *
 * <p>The share is written into the tracestate of sampled traces as the rejection threshold {@code
 * ot=th:...}, so that whoever counts spans knows how many each stands for. Source: OpenTelemetry
 * specification, "TraceState: Probability Sampling" (threshold {@code T = (1 - p) * 2^56}, the
 * randomness R is the last 56 bits of the trace id, sampled when {@code R >= T}, trailing zeros of
 * the threshold left out). A threshold carries four significant hexadecimal digits after its
 * leading {@code f}s. Thread-safe.
 */
public final class ConsistentProbabilitySampler implements Sampler {
  private static final long ONE = 1L << 56;
  private static final int RANDOMNESS_OFFSET = 18;
  private static final int DIGITS = 14;
  private static final int SIGNIFICANT_DIGITS = 4;

  private final double probability;
  private final long threshold;
  private final SamplingResult sampled;

  /**
   * @param probability the share of traces in [0, 1]; 0 samples none, what is above 0 and under
   *     2^-56 is 2^-56
   */
  public ConsistentProbabilitySampler(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "a sampling probability must be between 0 and 1, got " + probability);
    }
    this.probability = probability;
    this.threshold = probability == 0 ? ONE : rounded(probability);
    this.sampled = new ThresholdResult(probability == 0 ? "" : hex(threshold));
  }

  @Override
  public SamplingResult shouldSample(
      Context parentContext,
      String traceId,
      String name,
      SpanKind spanKind,
      Attributes attributes,
      List<LinkData> parentLinks) {
    SpanContext parent = Span.fromContext(parentContext).getSpanContext();
    if (parent.isValid()) {
      return parent.isSampled() ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }
    long randomness = Long.parseLong(traceId, RANDOMNESS_OFFSET, traceId.length(), 16);
    return randomness >= threshold ? sampled : SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "ConsistentProbabilitySampler{" + probability + "}";
  }

  private static long rounded(double probability) {
    long exact = Math.min(ONE - 1, (long) ((1 - probability) * ONE));
    int leading = leadingFs(exact);
    int kept = Math.min(DIGITS, leading + SIGNIFICANT_DIGITS);
    long unit = 1L << (4 * (DIGITS - kept));
    long up = (exact + unit / 2) / unit * unit;
    return Math.min(ONE - 1, up);
  }

  private static int leadingFs(long threshold) {
    int count = 0;
    for (int shift = 52; shift >= 0 && ((threshold >>> shift) & 0xf) == 0xf; shift -= 4) {
      count++;
    }
    return count;
  }

  private static String hex(long threshold) {
    String digits = String.format("%014x", threshold).replaceFirst("0+$", "");
    return digits.isEmpty() ? "0" : digits;
  }

  /** Sampled, with the threshold in the tracestate. */
  private record ThresholdResult(String threshold) implements SamplingResult {
    @Override
    public SamplingDecision getDecision() {
      return SamplingDecision.RECORD_AND_SAMPLE;
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.empty();
    }

    @Override
    public TraceState getUpdatedTraceState(TraceState parentTraceState) {
      return parentTraceState.toBuilder().put("ot", "th:" + threshold).build();
    }
  }
}
