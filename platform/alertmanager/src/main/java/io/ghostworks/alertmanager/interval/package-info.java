/**
 * Recurring times, as {@code time_intervals} of {@code alertmanager.yml} names them. Knows no
 * route.
 */
package io.ghostworks.alertmanager.interval;
