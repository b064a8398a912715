/**
 * Descriptions of sections of configuration files: keys with their types, and rules between them.
 * Reads nothing by itself, and knows only {@code config}.
 */
package io.ghostworks.config.shape;
