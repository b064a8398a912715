/**
 * The newest samples in memory: a generation of label sets, and chains of samples without an object
 * per series.
 *
 * <p>Knows neither journal nor files. Changes and reads are ordered by one read-write lock that the
 * engine owns and hands in.
 */
@NullMarked
package io.ghostworks.series.head;

import org.jspecify.annotations.NullMarked;
