/**
 * The chunks of samples that Prometheus stores and gives to remote readers. Knows bits and samples,
 * neither files nor requests.
 */
package io.ghostworks.wire.chunk;
