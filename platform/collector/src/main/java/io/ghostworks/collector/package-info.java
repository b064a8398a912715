/**
 * Pipelines: what happens to a received item between its decoding and the store. Every item is
 * stored once, as the processors of the first pipeline that takes it leave it. Knows neither
 * servers nor stores, only the sinks that it is given.
 */
@NullMarked
package io.ghostworks.collector;

import org.jspecify.annotations.NullMarked;
