/** Service discovery, relabelling and scrape loops, configured as Prometheus is. */
package io.ghostworks.scrape;
