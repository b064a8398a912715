/** Starts the program; see the packages below. */
package io.ghostworks.server;
