/**
 * Reads prometheus.yml whole, as Prometheus 3.14 does: what it accepts is accepted, what it refuses
 * is refused for its reason. Typed records hold what this program does; everything else is checked
 * all the same and listed as not supported. Opens no network connection; reads only the file and
 * the scrape_config_files that it names.
 */
@NullMarked
package io.ghostworks.scrape.prometheusfile;

import org.jspecify.annotations.NullMarked;
