/**
 * Artifacts: what the tenants of this SaaS keep in it. Knows {@code access}, {@code problem},
 * {@code usage} and {@code counting}.
 */
package io.ghostworks.saas.api.artifacts;
