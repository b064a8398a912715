/**
 * The pattern expressions of LogQL's pattern parser and pattern line filter, on the bytes of lines.
 * Knows nothing of queries.
 */
package io.ghostworks.logql.pattern;
