/** Tempo's HTTP API over the records engine: trace by id, search, tags. */
package io.ghostworks.server.tempo;
