package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.NameValidation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The section global.
 *
 * @param evaluationInterval how often rule groups without an interval of their own are evaluated
 * @param ruleQueryOffset how far rule groups without an offset of their own look back
 * @param externalLabels added to what leaves this program: alerts, federation
 * @param scrapeProtocols empty where not given
 * @param escapingScheme as given; empty for the one that goes with {@code nameValidation}
 * @param queryLogFile as given; empty for none
 */
public record GlobalSettings(
    Duration scrapeInterval,
    Duration scrapeTimeout,
    Duration evaluationInterval,
    Duration ruleQueryOffset,
    Labels externalLabels,
    ScrapeLimits limits,
    Optional<List<ScrapeProtocol>> scrapeProtocols,
    NameValidation nameValidation,
    String escapingScheme,
    boolean scrapeNativeHistograms,
    boolean alwaysScrapeClassicHistograms,
    boolean convertClassicHistograms,
    boolean extraScrapeMetrics,
    String queryLogFile) {}
