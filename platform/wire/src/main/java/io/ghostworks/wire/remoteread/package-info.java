/** Prometheus remote read: requests in, samples and streamed chunks out. */
package io.ghostworks.wire.remoteread;
