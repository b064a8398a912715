package io.ghostworks.scrape;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricMetadata;
import java.time.Duration;
import java.util.Map;

/**
 * A target that is scraped, as the targets API shows it: a moment's state.
 *
 * @param scrapePool the job's name
 * @param discoveredLabels before relabelling
 * @param labels those that its samples get
 * @param lastError why the last scrape failed, empty where it did not
 * @param lastScrapeMs when it began, since the epoch; 0 where there was none
 * @param lastScrapeDuration how long it took
 * @param metadata what the target says of its metric families
 */
public record ActiveTarget(
    String scrapePool,
    Labels discoveredLabels,
    Labels labels,
    String scrapeUrl,
    TargetHealth health,
    String lastError,
    long lastScrapeMs,
    Duration lastScrapeDuration,
    Duration scrapeInterval,
    Duration scrapeTimeout,
    Map<String, MetricMetadata> metadata) {}
