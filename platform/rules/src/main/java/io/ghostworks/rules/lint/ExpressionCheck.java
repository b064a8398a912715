package io.ghostworks.rules.lint;

import java.util.function.Consumer;

/** Looks at one expression for one kind of mistake. Stateless. */
@FunctionalInterface
interface ExpressionCheck {

  /** Tells what is wrong with it. */
  void check(LintSubject subject, Consumer<LintFinding> findings);
}
