/**
 * {@code ghostworks.yml}: what it may say, and its defaults. Knows the configuration reader, the
 * selectors and options of PromQL and the retention policy of series.
 */
package io.ghostworks.server.settings;
