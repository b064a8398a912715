/**
 * Relabelling as Prometheus defines it: rules that rewrite, keep or drop label sets of targets,
 * samples and alerts. Depends on labels only; reading rules from a file belongs to the owner of the
 * file.
 */
@NullMarked
package io.ghostworks.model.relabel;

import org.jspecify.annotations.NullMarked;
