/**
 * Telemetry itself: the values that every other module speaks of. The root package holds what has
 * to do with sending and ownership: tenants, sinks, acknowledgements. It knows no store, no
 * protocol and no configuration.
 */
package io.ghostworks.model;
