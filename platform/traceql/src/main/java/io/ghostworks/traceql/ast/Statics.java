package io.ghostworks.traceql.ast;

/** Values that are needed often. */
public final class Statics {
  public static final Static NIL = new Static.Nil();
  public static final Static TRUE = new Static.Bool(true);
  public static final Static FALSE = new Static.Bool(false);

  private Statics() {}

  public static Static of(boolean value) {
    return value ? TRUE : FALSE;
  }
}
