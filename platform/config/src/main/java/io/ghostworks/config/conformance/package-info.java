/**
 * Runs published cases against this implementation: files are found, each kind judges its own,
 * results are told in one form. Knows no kind; modules bring theirs as {@link
 * io.ghostworks.config.conformance.ConformanceKind}.
 */
@NullMarked
package io.ghostworks.config.conformance;

import org.jspecify.annotations.NullMarked;
