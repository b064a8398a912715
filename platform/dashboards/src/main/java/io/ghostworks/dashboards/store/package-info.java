/**
 * What people store: dashboards with their versions, folders, stars, annotations; searched together
 * with the dashboards of files. Refuses in Grafana's words. Knows no HTTP.
 */
package io.ghostworks.dashboards.store;
