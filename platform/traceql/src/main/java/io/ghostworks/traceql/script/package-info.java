/** Runs published TraceQL queries against the parser. Knows only the parser and the YAML reader. */
package io.ghostworks.traceql.script;
