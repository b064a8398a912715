/**
 * Keeps results of range queries for steps whose samples do not change any more, and evaluates only
 * what is missing. Knows the evaluation by its public form alone; nothing here is known to it.
 */
@NullMarked
package io.ghostworks.promql.cache;

import org.jspecify.annotations.NullMarked;
