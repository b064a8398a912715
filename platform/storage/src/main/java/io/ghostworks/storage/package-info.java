/** File seam, framing, checksums, column encodings and immutable parts. */
package io.ghostworks.storage;
