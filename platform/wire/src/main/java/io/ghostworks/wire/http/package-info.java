/**
 * The outbound HTTP client that scraping, exporters and notifications share: bounded in time and
 * bytes. Listens to nobody.
 */
package io.ghostworks.wire.http;
