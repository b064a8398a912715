/** Alerts by the hundred thousand, posted to Ghostworks and to Alertmanager. */
package io.ghostworks.bench.alerts;
