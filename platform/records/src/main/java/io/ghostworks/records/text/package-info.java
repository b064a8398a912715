/**
 * Columns of long texts (log bodies, paths, statements): encodes the texts of a block, searches
 * them without rebuilding them, and gives them back byte for byte. Also the pieces of the text
 * index. Knows byte arenas and storage bytes, never parts, scans or batches.
 */
package io.ghostworks.records.text;
