/**
 * Tells when alerting rules would have fired over stored history: the conditions are evaluated by
 * range queries, and alerts taken through their states step by step as the rule engine does. Knows
 * no store, no state and no server; writes nothing.
 */
@NullMarked
package io.ghostworks.rules.backtest;

import org.jspecify.annotations.NullMarked;
