package io.ghostworks.collector.attribute;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One action on the attributes of a row. */
public sealed interface AttributeAction {

  /** Where a value comes from. */
  sealed interface Source {
    record Literal(AttributeValue value) implements Source {}

    /** Another attribute of the same row; where it is missing the action does nothing. */
    record FromAttribute(String key) implements Source {}
  }

  /** Adds an attribute where the key is missing. */
  record Insert(String key, Source source) implements AttributeAction {}

  /** Replaces an attribute where the key is there. */
  record Update(String key, Source source) implements AttributeAction {}

  /** Adds or replaces an attribute. */
  record Upsert(String key, Source source) implements AttributeAction {}

  /**
   * Removes attributes.
   *
   * @param key or "" for none
   * @param pattern of further keys, or null
   */
  record Delete(String key, @Nullable Pattern pattern) implements AttributeAction {}

  /** Replaces values by the SHA-256 of their bytes, in hexadecimal. */
  record Hash(String key, @Nullable Pattern pattern) implements AttributeAction {}

  /** Sets an attribute for each named group of a pattern that matches a text attribute. */
  record Extract(String key, Pattern pattern, List<String> groups) implements AttributeAction {
    public Extract {
      groups = List.copyOf(groups);
    }
  }

  /** Converts a value; one that cannot be converted stays as it is. */
  record Convert(String key, Target target) implements AttributeAction {}

  /** What {@link Convert} makes. */
  enum Target {
    INT,
    DOUBLE,
    STRING
  }
}
