/**
 * The platform's own endpoints under {@code /api/platform}, as docs/openapi.yaml describes them.
 */
package io.ghostworks.server.status;
