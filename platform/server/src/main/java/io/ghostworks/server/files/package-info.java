/**
 * The configuration files of all owners: which kind a file is, and reading all that {@code
 * ghostworks.yml} names.
 */
package io.ghostworks.server.files;
