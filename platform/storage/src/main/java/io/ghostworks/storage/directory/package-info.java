/**
 * Facts of the data directory as a whole: who holds it, which version wrote it, and how much room
 * its disk has left.
 *
 * <p>Knows no engine's files. Depends on the file seam.
 */
@NullMarked
package io.ghostworks.storage.directory;

import org.jspecify.annotations.NullMarked;
