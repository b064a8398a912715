/**
 * The HTTP API of the reference SaaS: starts it, connects the features, answers errors.
 *
 * <p>Knows every feature below it; none of them knows this package.
 */
package io.ghostworks.saas.api;
