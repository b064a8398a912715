package io.ghostworks.traceql.ast;

/**
 * What joins two sets of spans of one trace. Structural ones give spans of the right side that
 * stand so to some span of the left one; negated ones those that stand so to none; union ones those
 * of both sides.
 */
public enum SpansetOperator {
  AND("&&", Relation.NONE, Form.PLAIN),
  UNION("||", Relation.NONE, Form.PLAIN),
  CHILD(">", Relation.CHILD, Form.PLAIN),
  PARENT("<", Relation.PARENT, Form.PLAIN),
  DESCENDANT(">>", Relation.DESCENDANT, Form.PLAIN),
  ANCESTOR("<<", Relation.ANCESTOR, Form.PLAIN),
  SIBLING("~", Relation.SIBLING, Form.PLAIN),
  NOT_CHILD("!>", Relation.CHILD, Form.NEGATED),
  NOT_PARENT("!<", Relation.PARENT, Form.NEGATED),
  NOT_DESCENDANT("!>>", Relation.DESCENDANT, Form.NEGATED),
  NOT_ANCESTOR("!<<", Relation.ANCESTOR, Form.NEGATED),
  NOT_SIBLING("!~", Relation.SIBLING, Form.NEGATED),
  UNION_CHILD("&>", Relation.CHILD, Form.UNION),
  UNION_PARENT("&<", Relation.PARENT, Form.UNION),
  UNION_DESCENDANT("&>>", Relation.DESCENDANT, Form.UNION),
  UNION_ANCESTOR("&<<", Relation.ANCESTOR, Form.UNION),
  UNION_SIBLING("&~", Relation.SIBLING, Form.UNION);

  /** How a span of the right side stands to one of the left side. */
  public enum Relation {
    NONE,
    CHILD,
    PARENT,
    DESCENDANT,
    ANCESTOR,
    SIBLING
  }

  /** Which spans of the relation are given. */
  public enum Form {
    PLAIN,
    NEGATED,
    UNION
  }

  private final String sign;
  private final Relation relation;
  private final Form form;

  SpansetOperator(String sign, Relation relation, Form form) {
    this.sign = sign;
    this.relation = relation;
    this.form = form;
  }

  public Relation relation() {
    return relation;
  }

  public Form form() {
    return form;
  }

  @Override
  public String toString() {
    return sign;
  }
}
