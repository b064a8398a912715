/**
 * Alertmanager's interfaces over HTTP, for each tenant its own: the API v2, the configuration API
 * of Mimir, and why an alert is told or not.
 */
package io.ghostworks.server.alertmanager;
