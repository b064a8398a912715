/**
 * The series engine: admits batches of samples, writes them to its journal, keeps the newest in
 * memory and the others in parts, and answers selections over all of them.
 *
 * <p>One engine serves all tenants; whatever it holds is sorted by tenant first, and every read
 * names one. Depends on {@code query} for what may be asked, on {@code journal} and {@code storage}
 * for what is kept; no query language is known here.
 */
@NullMarked
package io.ghostworks.series;

import org.jspecify.annotations.NullMarked;
