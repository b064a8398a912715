package io.ghostworks.logql.pipeline;

/** A step of a pipeline. Used by one thread. */
interface PipelineStage {

  /** Changes the line and its labels; whether the record is kept. */
  boolean process(Line line, LineLabels labels);
}
