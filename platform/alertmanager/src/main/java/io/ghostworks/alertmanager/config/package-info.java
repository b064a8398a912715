/** {@code alertmanager.yml}: read, checked whole, and held as records. Sends nothing. */
package io.ghostworks.alertmanager.config;
