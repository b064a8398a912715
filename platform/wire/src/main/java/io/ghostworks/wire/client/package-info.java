/**
 * HTTP clients by the settings of a configuration file (prometheus/common's {@code http_config}):
 * credentials, OAuth 2, TLS, proxies, headers. Built on {@code wire.http}; knows no protocol above
 * HTTP.
 */
package io.ghostworks.wire.client;
