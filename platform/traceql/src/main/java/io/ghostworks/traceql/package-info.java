/** TraceQL. */
package io.ghostworks.traceql;
