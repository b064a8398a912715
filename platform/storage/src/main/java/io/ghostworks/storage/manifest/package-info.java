/**
 * The one list of an engine's live files and of the journal position that they contain.
 *
 * <p>Replaces and reads that list and removes what it does not name; it does not know what the
 * files hold. Depends on the file seam and on the byte encodings.
 */
@NullMarked
package io.ghostworks.storage.manifest;

import org.jspecify.annotations.NullMarked;
