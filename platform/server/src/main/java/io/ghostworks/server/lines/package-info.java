/** Log records as JSON: Elasticsearch's bulk API with its handshake, and newline-delimited JSON. */
package io.ghostworks.server.lines;
