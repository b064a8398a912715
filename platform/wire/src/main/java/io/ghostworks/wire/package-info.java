/** Protocols in and out: OTLP, remote write, exposition formats, Loki; the outbound HTTP client. */
package io.ghostworks.wire;
