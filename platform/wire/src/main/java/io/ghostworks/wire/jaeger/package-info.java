/**
 * Jaeger's ways in: its model in protobuf and in Thrift, read into span batches as the Collector
 * reads them.
 */
package io.ghostworks.wire.jaeger;
