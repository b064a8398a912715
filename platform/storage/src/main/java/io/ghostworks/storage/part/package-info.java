/**
 * Immutable files of the engines: named sections with checksums and a footer, written once, then
 * only read.
 *
 * <p>Knows nothing of what the sections hold. Depends on the file seam and on the byte encodings.
 */
@NullMarked
package io.ghostworks.storage.part;

import org.jspecify.annotations.NullMarked;
