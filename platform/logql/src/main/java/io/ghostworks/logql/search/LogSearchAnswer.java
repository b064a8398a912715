package io.ghostworks.logql.search;

import java.util.List;
import java.util.Optional;

/**
 * What a search gave.
 *
 * @param lines in their order
 * @param found how many lines there were before the limit; -1 where reading ended at it
 * @param top values of the field that was asked for
 * @param facets of all fields, by name; empty where none were asked for
 * @param leavesFieldsOut whether lines have more fields than facets are told of
 */
public record LogSearchAnswer(
    List<SearchedLine> lines,
    long found,
    Optional<FieldValues> top,
    List<FieldValues> facets,
    boolean leavesFieldsOut) {
  public LogSearchAnswer {
    lines = List.copyOf(lines);
    facets = List.copyOf(facets);
  }
}
