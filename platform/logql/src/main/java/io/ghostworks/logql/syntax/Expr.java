package io.ghostworks.logql.syntax;

/** A query: one for records, or one for samples made from them. */
public sealed interface Expr permits LogExpr, MetricExpr {}
