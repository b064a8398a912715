/**
 * Why an alert is told, to whom, or why not: routes, silences, inhibitions and intervals at a time,
 * in words. Asks what decides, and decides nothing itself.
 */
package io.ghostworks.alertmanager.why;
