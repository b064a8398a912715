/**
 * Finds what is wrong with rules and panels although they parse: alerts that cannot fire, ratios of
 * a series to itself, rates over too few scrapes. Works on syntax trees; what it wants to know of
 * stored series it asks {@link io.ghostworks.rules.lint.LintData}. Knows no store and no server.
 */
@NullMarked
package io.ghostworks.rules.lint;

import org.jspecify.annotations.NullMarked;
