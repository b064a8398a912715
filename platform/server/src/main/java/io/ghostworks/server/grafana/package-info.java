/**
 * Grafana's paths under {@code /api}: dashboards, folders, search, annotations, data sources; and
 * what of dashboards is this platform's own, under {@code /api/platform}.
 */
package io.ghostworks.server.grafana;
