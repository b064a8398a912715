/**
 * Notifications as Alertmanager sends them. This package wires the others: {@code config} reads
 * {@code alertmanager.yml}, {@code dispatch} decides, {@code deliver} brings, {@code receiver}
 * speaks to the services, {@code api} answers. An alert and a notification on its way are in the
 * state before anybody is told; what was delivered is in the notification log. Knows no rule.
 */
package io.ghostworks.alertmanager;
