/**
 * Tenants: sign-up, plan changes, cancellation. Knows {@code access}, {@code billing}, {@code
 * problem}, {@code usage} and {@code counting}.
 */
package io.ghostworks.saas.api.tenants;
