package io.ghostworks.template;

/** The addresses, below the external URL, of the pages that show an expression. */
public final class GraphLinks {

  private GraphLinks() {}

  /** The expression as a table. */
  public static String table(String expression) {
    return "/graph?g0.expr=" + GoUrl.queryEscape(expression) + "&g0.tab=1";
  }

  /** The expression as a graph. */
  public static String graph(String expression) {
    return "/graph?g0.expr=" + GoUrl.queryEscape(expression) + "&g0.tab=0";
  }
}
