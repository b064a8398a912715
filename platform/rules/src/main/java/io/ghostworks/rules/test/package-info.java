/**
 * Runs unit tests of rules: promtool's test files over series in memory. Reads the tests, evaluates
 * groups by {@link io.ghostworks.rules.TrialGroup}, compares, and reports in promtool's words.
 * Knows no store and no server.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/">Unit
 *     testing for rules</a>
 */
@NullMarked
package io.ghostworks.rules.test;

import org.jspecify.annotations.NullMarked;
