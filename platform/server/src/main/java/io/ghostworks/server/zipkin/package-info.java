/** Zipkin's query API, version 2, over the records engine. */
package io.ghostworks.server.zipkin;
