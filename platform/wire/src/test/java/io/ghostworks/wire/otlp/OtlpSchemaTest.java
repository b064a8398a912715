package io.ghostworks.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OtlpSchemaTest {
  private final Set<String> seen = new HashSet<>();

  @Test
  void saysOfEachFieldWhatThePublishedDescriptorsSay() {
    compare(OtlpSchema.TRACES, ExportTraceServiceRequest.getDescriptor());
    compare(OtlpSchema.LOGS, ExportLogsServiceRequest.getDescriptor());
    compare(OtlpSchema.METRICS, ExportMetricsServiceRequest.getDescriptor());
  }

  private void compare(OtlpSchema.Message ours, Descriptor theirs) {
    if (!seen.add(theirs.getFullName())) {
      return;
    }
    for (FieldDescriptor field : theirs.getFields()) {
      if (field.getName().endsWith("_strindex")) {
        continue; // Only means something in profiles.
      }
      String place = field.getFullName();
      OtlpSchema.Field mine = ours.find(field.getNumber()).orElse(null);
      assertThat(mine).as(place).isNotNull();
      assertThat(mine.name()).as(place).isEqualTo(field.getJsonName());
      assertThat(ours.find(field.getName())).as(place).hasValue(mine);
      assertThat(mine.repeated()).as(place).isEqualTo(field.isRepeated());
      assertThat(mine.present()).as(place).isEqualTo(field.isRepeated() || field.hasPresence());
      assertThat(kind(field)).as(place).contains(mine.kind());
      if (mine.kind() == OtlpSchema.Kind.ENUM) {
        assertThat(mine.constants())
            .as(place)
            .containsExactlyElementsOf(
                field.getEnumType().getValues().stream().map(value -> value.getName()).toList());
      }
      if (mine.kind() == OtlpSchema.Kind.MESSAGE) {
        compare(Objects.requireNonNull(mine.message()), field.getMessageType());
      }
    }
  }

  private static Set<OtlpSchema.Kind> kind(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE -> Set.of(OtlpSchema.Kind.MESSAGE);
      case STRING -> Set.of(OtlpSchema.Kind.STRING);
      case BYTES ->
          Set.of(field.getName().endsWith("_id") ? OtlpSchema.Kind.ID : OtlpSchema.Kind.BYTES);
      case BOOL -> Set.of(OtlpSchema.Kind.BOOL);
      case UINT32 -> Set.of(OtlpSchema.Kind.INT32);
      case SINT32 -> Set.of(OtlpSchema.Kind.SINT32);
      case INT64 -> Set.of(OtlpSchema.Kind.INT64);
      case UINT64 -> Set.of(OtlpSchema.Kind.UINT64);
      case FIXED32 -> Set.of(OtlpSchema.Kind.FIXED32);
      case FIXED64 -> Set.of(OtlpSchema.Kind.FIXED64);
      case SFIXED64 -> Set.of(OtlpSchema.Kind.SFIXED64);
      case DOUBLE -> Set.of(OtlpSchema.Kind.DOUBLE);
      case ENUM -> Set.of(OtlpSchema.Kind.ENUM);
      default -> Set.of();
    };
  }
}
