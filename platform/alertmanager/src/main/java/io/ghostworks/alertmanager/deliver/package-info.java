/**
 * Notifications on their way: tried until they are delivered or refused, and recorded in the outbox
 * and the notification log. Decides nothing about what is told.
 */
package io.ghostworks.alertmanager.deliver;
