/** The OTLP receivers: gRPC and HTTP, in front of the collector's pipelines. */
package io.ghostworks.server.otlp;
