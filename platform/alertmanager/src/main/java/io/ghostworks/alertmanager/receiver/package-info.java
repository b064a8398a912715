/**
 * The kinds of receivers: each with its configuration and its sender. Knows no route and no group.
 */
package io.ghostworks.alertmanager.receiver;
