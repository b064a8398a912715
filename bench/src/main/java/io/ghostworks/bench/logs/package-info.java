/**
 * Figures of logs, of Ghostworks and of other servers in the same run: lines made from a seed, sent
 * by OTLP and by Loki's push protocol, and queries in each server's own language. Depends on the
 * measuring of {@code system}; reads no code of the platform but the writer of protobuf.
 */
package io.ghostworks.bench.logs;
