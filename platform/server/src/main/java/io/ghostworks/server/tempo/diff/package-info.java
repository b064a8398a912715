/**
 * The differences of two traces in Tempo's forms: which spans of one are spans of the other, and
 * what changed. Knows spans, nothing of requests.
 */
package io.ghostworks.server.tempo.diff;
