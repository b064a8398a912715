/**
 * How alerting rules have done over time: how often each fired, how long, whether it flapped, what
 * became of its alerts. Reads the history that the rules themselves wrote ({@code ALERTS}). Knows
 * no receiver; who was told it asks {@link io.ghostworks.rules.review.AlertOutcomes}.
 */
@NullMarked
package io.ghostworks.rules.review;

import org.jspecify.annotations.NullMarked;
