package io.ghostworks.server.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.server.http.Json;
import io.ghostworks.traceql.analysis.ComparedAttribute;
import io.ghostworks.traceql.analysis.SetComparison;
import java.io.IOException;
import java.util.List;

/** What tells two sets of spans apart, as JSON. */
final class SetComparisonJson {
  private SetComparisonJson() {}

  static byte[] of(SetComparison comparison, boolean sampled, int attributesMax, int valuesMax) {
    List<ComparedAttribute> ranked = comparison.ranked(attributesMax, valuesMax);
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeNumberField("selection", comparison.spans(SetComparison.Set.SELECTION));
      json.writeNumberField("baseline", comparison.spans(SetComparison.Set.BASELINE));
      json.writeBooleanField("sampled", sampled);
      json.writeBooleanField("attributesLost", comparison.attributesLost());
      json.writeArrayFieldStart("attributes");
      for (ComparedAttribute attribute : ranked) {
        attribute(json, attribute);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void attribute(JsonGenerator json, ComparedAttribute attribute)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("scope", attribute.scope());
    json.writeStringField("key", attribute.key());
    json.writeNumberField("score", attribute.score());
    json.writeBooleanField("ranges", attribute.ranges());
    json.writeNumberField("distinct", attribute.distinct());
    json.writeBooleanField("valuesLost", attribute.valuesLost());
    json.writeArrayFieldStart("values");
    for (ComparedAttribute.Value value : attribute.values()) {
      json.writeStartObject();
      if (value.text() != null) {
        json.writeStringField("value", value.text());
      }
      json.writeNumberField("selection", value.selection());
      json.writeNumberField("baseline", value.baseline());
      json.writeNumberField("selectionShare", value.selectionShare());
      json.writeNumberField("baselineShare", value.baselineShare());
      if (value.baseline() > 0) {
        json.writeNumberField("lift", value.lift());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
