package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.column.StringTable;

/** The resources of a batch, numbered from 0 as they came. */
public final class ResourceTable {
  private final AttributeColumns attributes;
  private final LongColumn schemaUrls = new LongColumn(4);
  private final IntColumn droppedAttributes = new IntColumn(4);

  ResourceTable(StringTable keys, ByteArena arena) {
    attributes = new AttributeColumns(keys, arena);
  }

  /** Ends the resource whose attributes were added, and returns its number. */
  public int end(long schemaUrlSlice, int droppedAttributesCount) {
    attributes.endRow();
    schemaUrls.add(schemaUrlSlice);
    droppedAttributes.add(droppedAttributesCount);
    return attributes.rows() - 1;
  }

  public int size() {
    return attributes.rows();
  }

  /** One row a resource. */
  public AttributeColumns attributes() {
    return attributes;
  }

  public long schemaUrl(int resource) {
    return schemaUrls.get(resource);
  }

  /** Sets the schema URL, which follows the rows on the wire. */
  public void setSchemaUrl(int resource, long slice) {
    schemaUrls.set(resource, slice);
  }

  public int droppedAttributesCount(int resource) {
    return droppedAttributes.get(resource);
  }
}
