/**
 * The demo: starts the platform and the reference SaaS as processes, watches them, and offers
 * failure switches and the receiver of notifications on a page. Knows processes and HTTP only.
 */
package io.ghostworks.saas.demo;
