/**
 * Growable primitive columns and byte arenas: the building blocks of every batch. Knows nothing
 * else.
 */
package io.ghostworks.model.column;
