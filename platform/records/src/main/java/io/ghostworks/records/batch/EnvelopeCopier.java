package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ResourceTable;
import io.ghostworks.model.record.ScopeTable;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.storage.bytes.BytesOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Copies resources and scopes, each once however many batches have it. */
final class EnvelopeCopier {

  private static final int CONTENT_BYTES_MAX = 64 << 20;

  private final AttributeCopier attributes;
  private final ResourceTable targetResources;
  private final ScopeTable targetScopes;
  private final Map<ByteBuffer, Integer> resources = new HashMap<>();
  private final Map<ByteBuffer, Integer> scopes = new HashMap<>();
  private final IdentityHashMap<Object, int[]> knownResources = new IdentityHashMap<>();
  private final IdentityHashMap<Object, int[]> knownScopes = new IdentityHashMap<>();
  private final BytesOutput content = new BytesOutput(256, CONTENT_BYTES_MAX);
  private int[] resourceNumbers = new int[0];
  private int[] scopeNumbers = new int[0];

  EnvelopeCopier(
      AttributeCopier attributes, ResourceTable targetResources, ScopeTable targetScopes) {
    this.attributes = attributes;
    this.targetResources = targetResources;
    this.targetScopes = targetScopes;
  }

  /** The rows that follow are of this batch. */
  void source(Object batch, int resourceCount, int scopeCount) {
    resourceNumbers = knownResources.computeIfAbsent(batch, ignored -> unknown(resourceCount));
    scopeNumbers = knownScopes.computeIfAbsent(batch, ignored -> unknown(scopeCount));
  }

  int resource(ResourceTable source, ByteArena arena, int number) {
    if (resourceNumbers[number] < 0) {
      content.clear();
      putAttributes(source.attributes(), number);
      putSlice(arena, source.schemaUrl(number));
      content.putInt(source.droppedAttributesCount(number));
      resourceNumbers[number] =
          resources.computeIfAbsent(
              ByteBuffer.wrap(content.toByteArray()),
              key -> {
                attributes.copyRow(source.attributes(), number, targetResources.attributes());
                return targetResources.end(
                    attributes.copySlice(arena, source.schemaUrl(number)),
                    source.droppedAttributesCount(number));
              });
    }
    return resourceNumbers[number];
  }

  int scope(ScopeTable source, ByteArena arena, int number) {
    if (scopeNumbers[number] < 0) {
      content.clear();
      putAttributes(source.attributes(), number);
      putSlice(arena, source.name(number));
      putSlice(arena, source.version(number));
      putSlice(arena, source.schemaUrl(number));
      content.putInt(source.droppedAttributesCount(number));
      scopeNumbers[number] =
          scopes.computeIfAbsent(
              ByteBuffer.wrap(content.toByteArray()),
              key -> {
                attributes.copyRow(source.attributes(), number, targetScopes.attributes());
                return targetScopes.end(
                    attributes.copySlice(arena, source.name(number)),
                    attributes.copySlice(arena, source.version(number)),
                    attributes.copySlice(arena, source.schemaUrl(number)),
                    source.droppedAttributesCount(number));
              });
    }
    return scopeNumbers[number];
  }

  private void putAttributes(AttributeColumns source, int row) {
    for (int entry = source.start(row); entry < source.end(row); entry++) {
      content.putString(source.key(entry));
      content.putByte(source.values().type(entry));
      if (ValueColumn.isSlice(source.values().type(entry))) {
        putSlice(source.values().arena(), source.values().payload(entry));
      } else {
        content.putLong(source.values().payload(entry));
      }
    }
    content.putByte(0xff);
  }

  private void putSlice(ByteArena arena, long slice) {
    content.putLengthAndBytes(arena.array(), ByteArena.offset(slice), ByteArena.length(slice));
  }

  private static int[] unknown(int count) {
    int[] numbers = new int[count];
    Arrays.fill(numbers, -1);
    return numbers;
  }
}
