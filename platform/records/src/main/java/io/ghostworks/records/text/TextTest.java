package io.ghostworks.records.text;

/** A condition on the bytes of a text. */
@FunctionalInterface
public interface TextTest {

  /** Whether it holds; the bytes are valid during the call. */
  boolean test(byte[] bytes, int offset, int length);
}
