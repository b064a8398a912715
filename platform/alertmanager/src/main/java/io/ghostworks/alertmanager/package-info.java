/**
 * Notifications: Alertmanager's configuration, grouping, deduplication, and the webhook and email
 * receivers. An alert and a notification on its way are in the state before anybody is told; what
 * was delivered is in the notification log. Knows no rule.
 */
package io.ghostworks.alertmanager;
