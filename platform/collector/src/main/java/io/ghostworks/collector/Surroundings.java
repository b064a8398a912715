package io.ghostworks.collector;

import io.ghostworks.collector.export.RequestSender;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.wire.http.HostMap;
import io.ghostworks.wire.http.OutboundHttp;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What pipelines need of the process around them.
 *
 * @param hosts other addresses for those that files name
 * @param resolves whether a host name has an address
 * @param ownPorts the ports on which this process takes telemetry
 * @param http the client for exporters; stays its owner's to close
 * @param executor runs what waits for other systems; stays its owner's to close
 * @param usedBytes memory in use, for {@code memory_limiter}
 * @param totalBytes memory that the process may have
 */
public record Surroundings(
    HostMap hosts,
    Predicate<String> resolves,
    Set<Integer> ownPorts,
    OutboundHttp http,
    Clock clock,
    Timers timers,
    Executor executor,
    DoubleSupplier random,
    PlatformMetrics metrics,
    LongSupplier usedBytes,
    long totalBytes) {
  public Surroundings {
    ownPorts = Set.copyOf(ownPorts);
  }

  RequestSender.Around sending() {
    return new RequestSender.Around(clock, timers, executor, random, metrics);
  }
}
