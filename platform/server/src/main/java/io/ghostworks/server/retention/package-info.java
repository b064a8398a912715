/**
 * What the platform does with stored traces beyond the interfaces of others: keeping them beyond
 * their retention, and deleting spans. Knows the records engine and the syntax of TraceQL.
 */
package io.ghostworks.server.retention;
