/** Alertmanager's API v2 over the notifications of this process. */
package io.ghostworks.server.alerts;
