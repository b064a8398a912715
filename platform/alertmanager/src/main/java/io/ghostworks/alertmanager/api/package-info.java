/** Alertmanager's API v2 as plain objects, without HTTP. */
package io.ghostworks.alertmanager.api;
