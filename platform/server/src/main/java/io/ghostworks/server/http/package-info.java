/**
 * HTTP as the APIs see it: routes, exchanges and answers, and the listeners that carry them. Only
 * this package and the gRPC receivers know the HTTP library.
 */
package io.ghostworks.server.http;
