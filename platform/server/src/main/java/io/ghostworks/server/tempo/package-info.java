/**
 * Tempo's interface over HTTP and gRPC: it reads requests, asks the languages and the store, and
 * writes answers. It evaluates nothing itself.
 */
package io.ghostworks.server.tempo;
