package io.ghostworks.template;

import org.jspecify.annotations.Nullable;

/** An address that is known to be harmless: in HTML it is escaped, and its scheme is not judged. */
public record SafeUrl(String url) implements GoObject {
  @Override
  public String typeName() {
    return "template.URL";
  }

  @Override
  public @Nullable Member member(String name) {
    return null;
  }

  @Override
  public String print() {
    return url;
  }

  @Override
  public String toString() {
    return url;
  }
}
