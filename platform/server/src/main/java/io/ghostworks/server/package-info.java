/** Listeners, APIs, access, configuration and the command line: wires the others, and nothing else. */
package io.ghostworks.server;
