/**
 * Incidents: the life of alert groups, with what people do about them. Hears of groups and of
 * notifications, and changes neither, but that acknowledged alerts are not told again.
 */
package io.ghostworks.alertmanager.incident;
