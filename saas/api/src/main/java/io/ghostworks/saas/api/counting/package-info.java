/**
 * Business metrics that agree with the database: counted when a transaction commits, or read from
 * tables. Knows no feature.
 */
package io.ghostworks.saas.api.counting;
