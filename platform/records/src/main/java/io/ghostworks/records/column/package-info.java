/**
 * Encodings of columns, and blocks as columns: what the part format stores and what filters read.
 * Knows no schema and no file.
 */
package io.ghostworks.records.column;
