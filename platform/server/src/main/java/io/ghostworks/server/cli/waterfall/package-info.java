/** Draws the spans of a trace in a terminal; knows no server and no command. */
package io.ghostworks.server.cli.waterfall;
