/**
 * OTLP in both encodings: requests become batches of columns row by row, and batches become OTLP
 * again for answers and exporters. The wire format is read without generated classes. Must not
 * decide where rows are stored.
 */
package io.ghostworks.wire.otlp;
