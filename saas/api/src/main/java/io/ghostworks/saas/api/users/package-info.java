/**
 * Users of a tenant: registration, activation, passwords. Knows {@code problem} and {@code
 * counting}.
 */
package io.ghostworks.saas.api.users;
