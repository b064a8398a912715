/**
 * Recording and alerting rules: Prometheus's rule files, groups evaluated on their slots, alerts
 * with their states, and the views of them. Asks through {@link io.ghostworks.rules.InstantQuery},
 * writes series to a sink, and keeps every alert in the state before it is announced. Knows no
 * route and no receiver.
 */
package io.ghostworks.rules;
