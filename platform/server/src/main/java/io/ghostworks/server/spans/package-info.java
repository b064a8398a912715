/** Spans by other ways than OTLP: the receivers of Jaeger's and Zipkin's protocols. */
package io.ghostworks.server.spans;
