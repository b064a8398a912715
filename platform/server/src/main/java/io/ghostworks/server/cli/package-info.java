/**
 * The command line of the platform: what {@code ./ghostworks} passes on. Exit status 0, 1 for
 * findings, 2 for wrong usage.
 */
package io.ghostworks.server.cli;
