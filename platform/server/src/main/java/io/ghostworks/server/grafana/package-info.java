/** Grafana's paths under {@code /api}: dashboards, folders, search. */
package io.ghostworks.server.grafana;
