/**
 * Whether published dashboards can be shown here: what they ask is filled in as Grafana does it and
 * read by the parsers of its language.
 */
package io.ghostworks.dashboards.conformance;
