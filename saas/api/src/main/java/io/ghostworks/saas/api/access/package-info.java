/**
 * Who calls: login sessions, and the caller of a request. Knows {@code problem}, {@code users},
 * {@code usage} and {@code counting}.
 */
package io.ghostworks.saas.api.access;
