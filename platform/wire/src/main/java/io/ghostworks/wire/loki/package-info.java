/** Loki's push protocol: requests become batches of log records, with Loki's words for errors. */
package io.ghostworks.wire.loki;
