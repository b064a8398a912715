/** Builds packed label sets from bytes, without an object a label. Knows the model only. */
package io.ghostworks.wire.label;
