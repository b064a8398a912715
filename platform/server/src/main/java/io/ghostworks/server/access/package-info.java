/**
 * Who may do what: tokens, roles, the rules for requests without a token, and the tenant of a
 * request. Knows no protocol.
 */
package io.ghostworks.server.access;
