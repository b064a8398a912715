/**
 * Numbers as the Go programs read and print them, whose texts are part of the protocols. Knows
 * nothing else.
 */
package io.ghostworks.wire.number;
