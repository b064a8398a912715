package io.ghostworks.traceql.ast;

/**
 * An attribute or intrinsic of a span.
 *
 * @param name the key, for intrinsics the name under which they are printed
 * @param parent whether it is the parent span's, which parses but is not supported
 */
public record Attribute(String name, AttributeScope scope, boolean parent, Intrinsic intrinsic)
    implements FieldExpression {

  /** An intrinsic. */
  public static Attribute of(Intrinsic intrinsic) {
    return new Attribute(intrinsic.toString(), AttributeScope.NONE, false, intrinsic);
  }

  /** An attribute of one scope, or of any. */
  public static Attribute of(AttributeScope scope, String name) {
    return new Attribute(name, scope, false, Intrinsic.NONE);
  }

  public boolean isIntrinsic() {
    return intrinsic != Intrinsic.NONE;
  }

  /** Whether it is an attribute that may stand in several scopes. */
  public boolean isUnscoped() {
    return scope == AttributeScope.NONE && !parent && !isIntrinsic();
  }

  /** The attribute of the same name in a scope. */
  public Attribute in(AttributeScope other) {
    return new Attribute(name, other, parent, intrinsic);
  }

  @Override
  public StaticType type() {
    return intrinsic.type();
  }

  /** Whether a character may stand in an attribute's name without quotes. */
  public static boolean isNameCharacter(int c) {
    return !isSpace(c) && c >= 0 && "{}()=~!<>&|^,".indexOf(c) < 0;
  }

  /** Go's {@code unicode.IsSpace}. */
  static boolean isSpace(int c) {
    return (c >= '\t' && c <= '\r') || c == 0x85 || Character.isSpaceChar(c);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (parent) {
      text.append("parent.");
    }
    if (scope != AttributeScope.NONE) {
      text.append(scope).append('.');
    }
    if (text.isEmpty() && !isIntrinsic() && !name.isEmpty()) {
      text.append('.');
    }
    boolean plain = name.codePoints().allMatch(c -> isNameCharacter(c) && c != '"');
    return plain || isIntrinsic()
        ? text.append(isIntrinsic() ? intrinsic.toString() : name).toString()
        : text.append('"')
            .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
            .append('"')
            .toString();
  }
}
