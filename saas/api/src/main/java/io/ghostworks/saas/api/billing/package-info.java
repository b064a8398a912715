/**
 * Invoices and payments. Knows {@code access}, {@code problem}, {@code usage} and {@code counting}.
 */
package io.ghostworks.saas.api.billing;
