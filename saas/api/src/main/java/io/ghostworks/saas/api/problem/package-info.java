/** Requests that cannot be served, as the caller is told. Knows no feature. */
package io.ghostworks.saas.api.problem;
