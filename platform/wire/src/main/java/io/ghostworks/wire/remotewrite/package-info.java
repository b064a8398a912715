/** Prometheus remote write 1.0: requests become batches of samples. */
package io.ghostworks.wire.remotewrite;
