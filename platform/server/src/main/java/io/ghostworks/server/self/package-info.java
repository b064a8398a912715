/**
 * The platform observing itself and its machine: own metrics, log and traces, and the host's
 * metrics, into its own stores.
 */
package io.ghostworks.server.self;
