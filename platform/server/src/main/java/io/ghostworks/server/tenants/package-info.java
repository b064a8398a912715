/** Records of several tenants read as one. Knows stores of records, nothing of any API. */
package io.ghostworks.server.tenants;
