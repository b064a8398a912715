/** Loki's HTTP API over the records engine and LogQL. */
package io.ghostworks.server.loki;
