/**
 * Gathers alerts in groups and decides when and what receivers are told, by what they were told
 * last.
 */
package io.ghostworks.alertmanager.dispatch;
