/** YAML and JSON with file, line and key; durations, sizes, secrets; the one error form. */
package io.ghostworks.config;
