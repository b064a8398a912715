/** TraceQL, as Tempo answers it: what is asked of traces, over a source of spans. */
package io.ghostworks.traceql;
