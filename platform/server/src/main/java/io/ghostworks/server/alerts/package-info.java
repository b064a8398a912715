/** What the web application asks about alerts and their notifications. */
package io.ghostworks.server.alerts;
