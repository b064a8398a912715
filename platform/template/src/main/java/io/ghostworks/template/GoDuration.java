package io.ghostworks.template;

import io.ghostworks.config.DurationForm;
import org.jspecify.annotations.Nullable;

/** Go's {@code time.Duration}. */
public record GoDuration(long nanos) implements GoInteger {

  @Override
  public long number() {
    return nanos;
  }

  /** Its length in seconds. */
  public double seconds() {
    long whole = nanos / 1_000_000_000L;
    return whole + (nanos % 1_000_000_000L) / 1e9;
  }

  @Override
  public String typeName() {
    return "time.Duration";
  }

  @Override
  public @Nullable Member member(String name) {
    return switch (name) {
      case "Seconds" -> Member.method(0, a -> seconds());
      case "Minutes" -> Member.method(0, a -> nanos / 60e9);
      case "Hours" -> Member.method(0, a -> nanos / 3600e9);
      case "Milliseconds" -> Member.method(0, a -> nanos / 1_000_000);
      case "Microseconds" -> Member.method(0, a -> nanos / 1_000);
      case "Nanoseconds" -> Member.method(0, a -> nanos);
      case "Abs" -> Member.method(0, a -> new GoDuration(Math.abs(nanos)));
      case "Round" -> Member.method(1, a -> round(a.duration(0).nanos));
      case "Truncate" -> Member.method(1, a -> truncate(a.duration(0).nanos));
      case "String" -> Member.method(0, a -> print());
      default -> null;
    };
  }

  private GoDuration truncate(long to) {
    return to <= 0 ? this : new GoDuration(nanos - nanos % to);
  }

  private GoDuration round(long to) {
    if (to <= 0) {
      return this;
    }
    long rest = Math.abs(nanos % to);
    long down = nanos - nanos % to;
    return new GoDuration(rest + rest < to ? down : down + Long.signum(nanos) * to);
  }

  /** As Go prints it: {@code 1h2m0.5s}, {@code 1.5ms}, {@code 0s}. */
  @Override
  public String print() {
    return DurationForm.GO.format(java.time.Duration.ofNanos(nanos));
  }
}
