/**
 * A comparison of PromQL answers with another server's, bit for bit: the same random series are
 * written to both, and both are asked the same random queries.
 */
@NullMarked
package io.ghostworks.bench.differential;

import org.jspecify.annotations.NullMarked;
