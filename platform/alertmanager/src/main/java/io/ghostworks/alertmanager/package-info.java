/** Routing, grouping, notification. */
package io.ghostworks.alertmanager;
