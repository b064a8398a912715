/**
 * The worker of the reference SaaS: takes jobs from the queue in the database and runs them, each
 * in the trace of the request that asked for it. Plain Java, to show the library without Spring.
 *
 * <p>Knows {@code saas.domain} and the instrumentation library.
 */
package io.ghostworks.saas.worker;
