/**
 * Encoding and decoding of small binary structures: integers, varints, strings, checksums.
 *
 * <p>Works on memory alone and knows no file. Depends on nothing.
 */
@NullMarked
package io.ghostworks.storage.bytes;

import org.jspecify.annotations.NullMarked;
