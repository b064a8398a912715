package io.ghostworks.wire.otlp;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ResourceTable;
import io.ghostworks.model.record.ScopeTable;
import io.ghostworks.wire.EntryBudget;
import io.ghostworks.wire.proto.ProtoReader;

/**
 * Reads what the three signals have in common: requests of resources of scopes of items. The fields
 * of a message may come in any order, so each level is walked twice, first for what describes it,
 * then for what it holds; passing over a nested message costs nothing.
 */
final class EnvelopeReader {
  private static final int RESOURCE_ITEMS = 1 << 3 | ProtoReader.BYTES;
  private static final int DESCRIPTION = 1 << 3 | ProtoReader.BYTES;
  private static final int ITEMS = 2 << 3 | ProtoReader.BYTES;
  private static final int SCHEMA_URL = 3 << 3 | ProtoReader.BYTES;
  private static final int RESOURCE_ATTRIBUTE = 1 << 3 | ProtoReader.BYTES;
  private static final int RESOURCE_DROPPED = 2 << 3 | ProtoReader.VARINT;
  private static final int SCOPE_NAME = 1 << 3 | ProtoReader.BYTES;
  private static final int SCOPE_VERSION = 2 << 3 | ProtoReader.BYTES;
  private static final int SCOPE_ATTRIBUTE = 3 << 3 | ProtoReader.BYTES;
  private static final int SCOPE_DROPPED = 4 << 3 | ProtoReader.VARINT;

  private final ProtoReader reader;
  private final AttributeReader attributes;
  private final ResourceTable resources;
  private final ScopeTable scopes;
  private final EntryBudget budget;
  private final Items items;
  private long nameSlice;
  private long versionSlice;
  private int dropped;

  /** Reads the item at the current field. */
  @FunctionalInterface
  interface Items {
    void read(int resource, int scope);
  }

  EnvelopeReader(
      ProtoReader reader,
      AttributeReader attributes,
      ResourceTable resources,
      ScopeTable scopes,
      EntryBudget budget,
      Items items) {
    this.reader = reader;
    this.attributes = attributes;
    this.resources = resources;
    this.scopes = scopes;
    this.budget = budget;
    this.items = items;
  }

  void read() {
    while (reader.next()) {
      if (reader.tag() == RESOURCE_ITEMS) {
        resourceItems();
      } else {
        reader.skip();
      }
    }
  }

  private void resourceItems() {
    budget.take(1);
    int outer = reader.enter();
    int start = reader.position();
    long schemaUrl = ByteArena.EMPTY;
    dropped = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case DESCRIPTION -> resource();
        case SCHEMA_URL -> schemaUrl = attributes.text();
        default -> reader.skip();
      }
    }
    int resource = resources.end(schemaUrl, dropped);
    reader.rewind(start);
    while (reader.next()) {
      if (reader.tag() == ITEMS) {
        scopeItems(resource);
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void scopeItems(int resource) {
    budget.take(1);
    int outer = reader.enter();
    int start = reader.position();
    long schemaUrl = ByteArena.EMPTY;
    dropped = 0;
    nameSlice = ByteArena.EMPTY;
    versionSlice = ByteArena.EMPTY;
    while (reader.next()) {
      switch (reader.tag()) {
        case DESCRIPTION -> scope();
        case SCHEMA_URL -> schemaUrl = attributes.text();
        default -> reader.skip();
      }
    }
    int scope = scopes.end(nameSlice, versionSlice, schemaUrl, dropped);
    reader.rewind(start);
    while (reader.next()) {
      if (reader.tag() == ITEMS) {
        items.read(resource, scope);
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void resource() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case RESOURCE_ATTRIBUTE -> attributes.keyValue(resources.attributes());
        case RESOURCE_DROPPED -> dropped = (int) reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void scope() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case SCOPE_NAME -> nameSlice = attributes.text();
        case SCOPE_VERSION -> versionSlice = attributes.text();
        case SCOPE_ATTRIBUTE -> attributes.keyValue(scopes.attributes());
        case SCOPE_DROPPED -> dropped = (int) reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }
}
