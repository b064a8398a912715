package io.ghostworks.records.batch;

import io.ghostworks.records.column.ColumnKind;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of rows are wanted; the others have no values or 0.
 *
 * @param kinds of columns; ATTRIBUTE stands for the attributes of the rows, BODY for their bodies
 * @param keys of the attributes that are wanted; null for all
 * @param attributeValues whether attributes have their values; else they are of type NONE
 */
public record ColumnSet(
    Set<ColumnKind> kinds, @Nullable Set<String> keys, boolean attributeValues) {

  /** Everything. */
  public static final ColumnSet ALL = new ColumnSet(EnumSet.allOf(ColumnKind.class), null, true);

  /** Of the rows' attributes the keys, and their times. */
  public static final ColumnSet KEYS =
      new ColumnSet(
          EnumSet.of(
              ColumnKind.TIME,
              ColumnKind.RESOURCE,
              ColumnKind.SCOPE,
              ColumnKind.STREAM,
              ColumnKind.ATTRIBUTE),
          null,
          false);

  public ColumnSet {
    kinds = Set.copyOf(kinds);
    keys = keys == null ? null : Set.copyOf(keys);
  }

  public boolean has(ColumnKind kind) {
    return kinds.contains(kind);
  }

  /** Whether the tables of resources, scopes and streams are needed. */
  boolean hasEnvelope() {
    return has(ColumnKind.RESOURCE) || has(ColumnKind.SCOPE) || has(ColumnKind.STREAM);
  }

  boolean hasKey(String key) {
    return keys == null || keys.contains(key);
  }

  /** The least of the wholes of version 1 that has these. */
  public Columns columns() {
    boolean beyondHead = has(ColumnKind.BODY) || has(ColumnKind.DETAILS);
    if (!beyondHead && !has(ColumnKind.ATTRIBUTE)) {
      return Columns.HEAD;
    }
    return beyondHead || attributeValues ? Columns.ALL : Columns.KEYS;
  }
}
