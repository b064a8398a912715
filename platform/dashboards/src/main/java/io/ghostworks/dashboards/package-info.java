/**
 * Dashboards: Grafana's JSON files read as its provisioning does, and its answers about them. What
 * is not known in a file is kept. Knows no query and draws nothing.
 */
package io.ghostworks.dashboards;
