package io.ghostworks.collector.attribute;

/** A value that a configuration file gives to an attribute; its type is that of the YAML scalar. */
public sealed interface AttributeValue {
  record Text(String value) implements AttributeValue {}

  record Whole(long value) implements AttributeValue {}

  record Decimal(double value) implements AttributeValue {}

  record Truth(boolean value) implements AttributeValue {}
}
