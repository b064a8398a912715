/** Alerts as they were received: their order, merging and hashes. Knows no configuration. */
package io.ghostworks.alertmanager.alert;
