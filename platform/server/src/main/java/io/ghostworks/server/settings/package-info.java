/**
 * {@code ghostworks.yml}: what it may say, and its defaults. Knows the configuration reader only.
 */
package io.ghostworks.server.settings;
