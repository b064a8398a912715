/** The files of the web application, and the routes that every listener has. */
package io.ghostworks.server.web;
