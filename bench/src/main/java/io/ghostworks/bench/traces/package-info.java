/**
 * Figures of traces, of Ghostworks and of other servers in the same run: span trees made from a
 * seed, sent by OTLP, and questions by the query interface that each server has. Depends on the
 * measuring of {@code peer}; reads no code of the platform but the writer of protobuf.
 */
package io.ghostworks.bench.traces;
