package io.ghostworks.wire.otlp.metrics;

import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums of points with delta temporality, stream by stream. A stream is a metric with its labels
 * and a tenant; one without points for a while is forgotten and begins anew with its next point: a
 * reset, which the start timestamps tell. A stream that is not known goes on with what is stored of
 * its series, if that is no older: sums outlive the process, as what is stored is durable before a
 * point is acknowledged. Whoever uses a stream holds the lock of this object.
 *
 * <p>Source: the Collector's deltatocumulative processor, which Prometheus uses.
 */
public final class DeltaStreams {
  /** How long a stream may be silent before it is forgotten. */
  public static final Duration STALE_AFTER = Duration.ofMinutes(5);

  /** How many streams are kept at most. */
  public static final int STREAMS_MAX = 100_000;

  private final Clock clock;
  private final StoredSeries stored;
  private final int streamsMax;

  /** The stream that was silent longest is the first. */
  private final Map<String, DeltaStream> streams = new LinkedHashMap<>(64, 0.75f, true);

  public DeltaStreams(Clock clock, StoredSeries stored) {
    this(clock, stored, STREAMS_MAX);
  }

  DeltaStreams(Clock clock, StoredSeries stored, int streamsMax) {
    this.clock = clock;
    this.stored = stored;
    this.streamsMax = streamsMax;
  }

  StoredSeries stored() {
    return stored;
  }

  /** Samples before it are too old to go on with. */
  long freshFromMs() {
    return clock.epochMs() - STALE_AFTER.toMillis();
  }

  /** How many streams are kept. */
  public synchronized int size() {
    return streams.size();
  }

  /** The stream of some packed labels; null where there are too many streams already. */
  synchronized @Nullable DeltaStream stream(
      TenantId tenant, byte[] packed, int offset, int length) {
    long nowMs = clock.epochMs();
    String key =
        tenant.value() + '\n' + new String(packed, offset, length, StandardCharsets.ISO_8859_1);
    DeltaStream known = streams.get(key);
    if (known == null || known.seenMs() < nowMs - STALE_AFTER.toMillis()) {
      forgetStale(nowMs);
      if (streams.size() >= streamsMax) {
        return null;
      }
      known = new DeltaStream();
      streams.put(key, known);
    }
    known.seen(nowMs);
    return known;
  }

  private void forgetStale(long nowMs) {
    Iterator<DeltaStream> oldest = streams.values().iterator();
    while (oldest.hasNext() && oldest.next().seenMs() < nowMs - STALE_AFTER.toMillis()) {
      oldest.remove();
    }
  }
}
