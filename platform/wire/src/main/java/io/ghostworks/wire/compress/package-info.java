/** Content codings, decoded with a limit on what comes out. Knows nothing but libraries. */
package io.ghostworks.wire.compress;
