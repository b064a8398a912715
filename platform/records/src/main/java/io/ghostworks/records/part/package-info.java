/** Immutable files of records. */
package io.ghostworks.records.part;
