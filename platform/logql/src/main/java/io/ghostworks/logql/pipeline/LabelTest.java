package io.ghostworks.logql.pipeline;

/** A label filter, compiled. */
interface LabelTest {

  /** Whether the labels fulfil it; a label that cannot be read notes an error and fulfils it. */
  boolean test(LineLabels labels);
}
