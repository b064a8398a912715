/**
 * What the processes of the reference SaaS share: the schema of the database, how it is opened, the
 * tiers and their prices, and the jobs of the queue.
 *
 * <p>Knows the instrumentation library and db-scheduler; it must not know HTTP.
 */
package io.ghostworks.saas.domain;
