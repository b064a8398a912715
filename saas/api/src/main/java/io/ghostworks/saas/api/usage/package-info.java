/** Which feature was used when by whom. Knows {@code counting}. */
package io.ghostworks.saas.api.usage;
