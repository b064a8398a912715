package io.ghostworks.scrape;

import io.ghostworks.model.label.Labels;

/** A target that relabelling dropped, with its labels before that. */
public record DroppedTarget(String scrapePool, Labels discoveredLabels) {}
