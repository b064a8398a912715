package io.ghostworks.scrape;

import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import java.util.concurrent.Executor;

/**
 * What all scrape loops share.
 *
 * @param scrapes runs one task a scrape, each of which may block
 */
record ScrapeContext(
    Clock clock,
    Timers timers,
    Executor scrapes,
    SampleOutlet outlet,
    ScrapeMetrics metrics,
    long bodySizeMaxBytes,
    SampleOptions samples) {}
