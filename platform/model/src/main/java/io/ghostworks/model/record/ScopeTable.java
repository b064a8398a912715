package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.column.StringTable;

/** The instrumentation scopes of a batch, numbered from 0 as they came. */
public final class ScopeTable {
  private final AttributeColumns attributes;
  private final LongColumn names = new LongColumn(4);
  private final LongColumn versions = new LongColumn(4);
  private final LongColumn schemaUrls = new LongColumn(4);
  private final IntColumn droppedAttributes = new IntColumn(4);

  ScopeTable(StringTable keys, ByteArena arena) {
    attributes = new AttributeColumns(keys, arena);
  }

  /** Ends the scope whose attributes were added, and returns its number. */
  public int end(
      long nameSlice, long versionSlice, long schemaUrlSlice, int droppedAttributesCount) {
    attributes.endRow();
    names.add(nameSlice);
    versions.add(versionSlice);
    schemaUrls.add(schemaUrlSlice);
    droppedAttributes.add(droppedAttributesCount);
    return attributes.rows() - 1;
  }

  public int size() {
    return attributes.rows();
  }

  /** One row a scope. */
  public AttributeColumns attributes() {
    return attributes;
  }

  public long name(int scope) {
    return names.get(scope);
  }

  public long version(int scope) {
    return versions.get(scope);
  }

  public long schemaUrl(int scope) {
    return schemaUrls.get(scope);
  }

  /** Sets the schema URL, which follows the rows on the wire. */
  public void setSchemaUrl(int scope, long slice) {
    schemaUrls.set(scope, slice);
  }

  public int droppedAttributesCount(int scope) {
    return droppedAttributes.get(scope);
  }
}
