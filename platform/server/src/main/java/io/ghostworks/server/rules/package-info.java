/**
 * The ruler API: groups of rules that clients store, under the paths of Mimir, Cortex and Loki and
 * under our own, with their versions; and what is told about rules beyond Prometheus's API.
 */
package io.ghostworks.server.rules;
