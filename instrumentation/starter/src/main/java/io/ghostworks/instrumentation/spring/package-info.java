/**
 * The instrumentation library as a Spring Boot starter: the application adds the dependency and has
 * a filter, the metrics page, an observed data source and structured logs.
 *
 * <p>Knows the library and Spring; the library does not know it.
 */
package io.ghostworks.instrumentation.spring;
