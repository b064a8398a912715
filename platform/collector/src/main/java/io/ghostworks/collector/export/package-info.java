/**
 * Exporters: what becomes of items besides being stored. Items for other systems wait in a bounded
 * queue after they are acknowledged here, are sent again with growing pauses, and are counted where
 * they are given up.
 */
@NullMarked
package io.ghostworks.collector.export;

import org.jspecify.annotations.NullMarked;
