/** Constructs every part of the platform, connects them, starts and stops them in order. */
package io.ghostworks.server.wiring;
