/**
 * Scraping as Prometheus does it: targets from static configurations, relabelled, each with a loop
 * that fetches its exposition at a steady pace and hands one batch a scrape to a sink, with {@code
 * up}, the {@code scrape_*} series and staleness markers. Knows no store; what a scrape is worth to
 * the disk is the sink's affair.
 */
@NullMarked
package io.ghostworks.scrape;

import org.jspecify.annotations.NullMarked;
