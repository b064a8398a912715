/**
 * The web application: files below {@code web/}, built from TypeScript and read from the class path
 * by the server. No Java code belongs here.
 */
package io.ghostworks.ui;
