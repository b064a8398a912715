/**
 * Reading configuration: YAML and JSON as one tree whose every node knows its file, line, column
 * and key, typed readers over it that collect all mistakes of a file, and the one form in which
 * such a mistake is told.
 *
 * <p>Knows no format of its own: what keys mean belongs to the module that owns the file. Depends
 * on snakeyaml-engine for YAML events, on Jackson's streaming parser for JSON and on RE2/J for
 * patterns.
 */
@NullMarked
package io.ghostworks.config;

import org.jspecify.annotations.NullMarked;
