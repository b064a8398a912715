/** Alertmanager's texts of label matchers, in the configuration and in requests. */
package io.ghostworks.alertmanager.matcher;
