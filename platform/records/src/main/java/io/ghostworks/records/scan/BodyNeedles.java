package io.ghostworks.records.scan;

import com.google.re2j.Pattern;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.records.text.Needle;
import io.ghostworks.records.text.NeedleTerms;
import io.ghostworks.records.text.RegexLiterals;
import java.util.ArrayList;
import java.util.List;

/** What the body of every row that fulfils a filter contains, as far as that is plain to see. */
public final class BodyNeedles {

  private static final int ALTERNATIVES_MAX = 64;

  private BodyNeedles() {}

  /**
   * The terms by which an index leaves blocks out: of each list the body of every row fulfils at
   * least one.
   */
  public static List<List<NeedleTerms>> of(Filter filter) {
    return switch (filter) {
      case Filter.And and -> and.parts().stream().flatMap(part -> of(part).stream()).toList();
      case Filter.Or or -> any(or.parts());
      case Filter.Contains contains when contains.field().equals(Field.BODY) ->
          alternatives(List.of(ValueTest.needle(contains)));
      case Filter.Finds finds when finds.field().equals(Field.BODY) ->
          alternatives(literals(finds));
      default -> List.of();
    };
  }

  /** One list that holds where one of the parts does; none if a part says nothing of bodies. */
  private static List<List<NeedleTerms>> any(List<Filter> parts) {
    List<NeedleTerms> alternatives = new ArrayList<>();
    for (Filter part : parts) {
      List<List<NeedleTerms>> known = of(part);
      if (known.isEmpty() || alternatives.size() > ALTERNATIVES_MAX) {
        return List.of();
      }
      alternatives.addAll(known.getFirst());
    }
    return alternatives.isEmpty() ? List.of() : List.of(alternatives);
  }

  private static List<List<NeedleTerms>> alternatives(List<Needle> needles) {
    List<NeedleTerms> terms = needles.stream().map(NeedleTerms::of).toList();
    boolean each = terms.stream().allMatch(term -> term.hasWords() || term.hasIds());
    return each && !terms.isEmpty() ? List.of(terms) : List.of();
  }

  /** Of these, each text that an expression finds contains one; none: not known. */
  static List<Needle> literals(Filter.Finds finds) {
    boolean ignoresCase = (finds.pattern().flags() & Pattern.CASE_INSENSITIVE) != 0;
    return RegexLiterals.of(finds.pattern().pattern(), ignoresCase);
  }
}
