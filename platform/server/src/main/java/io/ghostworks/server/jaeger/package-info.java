/**
 * Jaeger's query APIs, version 1 as its UI and Grafana's data source ask it and version 3 over HTTP
 * and gRPC, over spans as {@code query} gives them. Knows no store; only the run of Jaeger's own
 * storage fixtures opens one.
 */
@NullMarked
package io.ghostworks.server.jaeger;

import org.jspecify.annotations.NullMarked;
