/**
 * Keeps an eye on running queries: lists and stops them, logs the slow ones, and remembers across
 * an unclean stop which ones ran. Knows {@code query} and the HTTP layer; no language and no store.
 */
package io.ghostworks.server.queries;
