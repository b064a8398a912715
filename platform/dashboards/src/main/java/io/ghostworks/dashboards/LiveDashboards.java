package io.ghostworks.dashboards;

import io.ghostworks.config.Findings;
import io.ghostworks.runtime.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dashboards of the configured files as the files are now: whoever asks looks, at most once in
 * the interval of their providers, whether any has changed. Thread-safe.
 */
public final class LiveDashboards {

  private static final Logger log = LoggerFactory.getLogger(LiveDashboards.class);

  private final Supplier<Dashboards> configured;
  private final Clock clock;
  private @Nullable Dashboards base;
  private Dashboards current = Dashboards.NONE;
  private long lookedNanos;

  /**
   * @param configured those that the configuration in force was read with
   */
  public LiveDashboards(Supplier<Dashboards> configured, Clock clock) {
    this.configured = configured;
    this.clock = clock;
  }

  /** The dashboards at the moment. */
  public synchronized Dashboards current() {
    Dashboards read = configured.get();
    long now = clock.monotonicNanos();
    if (read != base) {
      base = read;
      current = read;
      lookedNanos = now;
    } else if (now - lookedNanos >= current.interval().toNanos()) {
      lookedNanos = now;
      Findings findings = new Findings();
      Dashboards anew = current.anew(findings);
      if (anew != current) {
        log.info("the files of dashboards have changed and were read anew");
        findings.errors().forEach(error -> log.warn("{}", error));
      }
      current = anew;
    }
    return current;
  }
}
