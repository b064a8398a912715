/**
 * The journal's files: the format of a segment, its writer and its reader.
 *
 * <p>One segment at a time; what segments mean together is the business of the package above.
 * Depends on {@code storage}.
 */
@NullMarked
package io.ghostworks.journal.segment;

import org.jspecify.annotations.NullMarked;
