/**
 * Reads the blocks of a Prometheus data directory: index, chunks, tombstones. Knows files and
 * samples, and not what is made of them.
 */
package io.ghostworks.wire.tsdb;
