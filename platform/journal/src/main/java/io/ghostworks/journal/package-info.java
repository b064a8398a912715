/**
 * The durable log of an engine: appends frames in order, makes them durable in groups, applies
 * them, and gives them back after a crash.
 *
 * <p>Knows no telemetry: what a frame says is the engine's matter. Depends on {@code storage}, on
 * the clock and the memory ledger of {@code runtime}, and on its own package {@code segment}, which
 * knows the file format.
 */
@NullMarked
package io.ghostworks.journal;

import org.jspecify.annotations.NullMarked;
