/**
 * Log records and spans as batches of columns, with the resources and scopes that they belong to.
 */
package io.ghostworks.model.record;
