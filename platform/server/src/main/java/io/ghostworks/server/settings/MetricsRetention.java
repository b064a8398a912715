package io.ghostworks.server.settings;

import io.ghostworks.series.RetentionPolicy;
import io.ghostworks.series.RetentionPolicy.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long and how much of samples is kept, as {@code ghostworks.yml} says.
 *
 * @param policy with defaults for what the file does not say
 * @param timeGiven whether the file says how long raw samples are kept
 * @param sizeGiven whether the file says how many bytes are kept
 */
public record MetricsRetention(RetentionPolicy policy, boolean timeGiven, boolean sizeGiven) {

  /**
   * The policy where another file, which this one goes before, says something too.
   *
   * @param raw how long that file keeps samples
   * @param sizeBytesMax how many bytes that file keeps
   */
  public RetentionPolicy orElse(Optional<Duration> raw, OptionalLong sizeBytesMax) {
    Durations standard = policy.standard();
    if (!timeGiven && raw.isPresent()) {
      standard = new Durations(raw.get(), standard.fiveMinutes(), standard.oneHour());
    }
    return new RetentionPolicy(
        standard,
        policy.rules(),
        sizeGiven || sizeBytesMax.isEmpty() ? policy.sizeBytesMax() : sizeBytesMax,
        policy.tenantBytesMax());
  }
}
