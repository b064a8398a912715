/**
 * Zipkin's forms of spans, versions 1 and 2: read into span batches as the Collector reads them,
 * and written as version 2.
 */
package io.ghostworks.wire.zipkin;
