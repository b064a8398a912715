package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ResourceTable;
import io.ghostworks.model.record.ScopeTable;

/** Whether resources and scopes of two batches are equal. */
final class EnvelopeEquality {

  private EnvelopeEquality() {}

  static boolean resource(
      ResourceTable left,
      ByteArena leftArena,
      int leftNumber,
      ResourceTable right,
      ByteArena rightArena,
      int rightNumber) {
    if (left == right && leftNumber == rightNumber) {
      return true;
    }
    return left.droppedAttributesCount(leftNumber) == right.droppedAttributesCount(rightNumber)
        && leftArena.equal(left.schemaUrl(leftNumber), rightArena, right.schemaUrl(rightNumber))
        && RowEquality.attributes(left.attributes(), leftNumber, right.attributes(), rightNumber);
  }

  static boolean scope(
      ScopeTable left,
      ByteArena leftArena,
      int leftNumber,
      ScopeTable right,
      ByteArena rightArena,
      int rightNumber) {
    if (left == right && leftNumber == rightNumber) {
      return true;
    }
    return left.droppedAttributesCount(leftNumber) == right.droppedAttributesCount(rightNumber)
        && leftArena.equal(left.name(leftNumber), rightArena, right.name(rightNumber))
        && leftArena.equal(left.version(leftNumber), rightArena, right.version(rightNumber))
        && leftArena.equal(left.schemaUrl(leftNumber), rightArena, right.schemaUrl(rightNumber))
        && RowEquality.attributes(left.attributes(), leftNumber, right.attributes(), rightNumber);
  }
}
