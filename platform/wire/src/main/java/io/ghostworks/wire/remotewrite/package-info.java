/** Prometheus remote write 1.0 and 2.0: requests become batches of samples. */
package io.ghostworks.wire.remotewrite;
