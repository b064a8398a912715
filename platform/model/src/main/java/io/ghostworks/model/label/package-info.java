/**
 * Labels, label matchers and the packed label sets that batches carry. Depends on the columns only.
 */
package io.ghostworks.model.label;
