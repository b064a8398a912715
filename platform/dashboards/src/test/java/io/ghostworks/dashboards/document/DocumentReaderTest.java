package io.ghostworks.dashboards.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"title\":\"T\",\"uid\":\"u\",\"panels\":[]}",
        "\uFEFF{\"title\":\"T\",\"uid\":\"u\"}",
        "{\"dashboard\":{\"title\":\"T\",\"uid\":\"u\"},\"overwrite\":true}",
        "{\"meta\":{},\"dashboard\":{\"title\":\"T\",\"uid\":\"u\",\"rows\":[]}}",
        "{\"json\":{\"title\":\"T\",\"uid\":\"u\"},\"revision\":3}",
        "{\"apiVersion\":\"dashboard.grafana.app/v1beta1\",\"kind\":\"Dashboard\","
            + "\"metadata\":{\"name\":\"u\"},\"spec\":{\"title\":\"T\",\"panels\":[]}}",
        "{\"apiVersion\":\"grizzly.grafana.com/v1alpha1\",\"kind\":\"Dashboard\","
            + "\"metadata\":{\"name\":\"u\",\"folder\":\"f\"},\"spec\":{\"title\":\"T\"}}"
      })
  void readsTheClassicFormInAnyWrapper(String text) throws DocumentException {
    DashboardDocument document = DocumentReader.read(text);
    assertThat(document.form()).isEqualTo(DashboardDocument.Form.CLASSIC);
    assertThat(document.title()).isEqualTo("T");
    assertThat(document.uid()).isEqualTo("u");
    assertThat(document.original()).isEqualTo(text);
  }

  @Test
  void keepsResourcesOfTheNewestForm() throws DocumentException {
    String text =
        """
        {"apiVersion": "dashboard.grafana.app/v2beta1", "kind": "Dashboard",
         "metadata": {"name": "u", "generation": 4, "annotations": {"grafana.app/folder": "f"}},
         "spec": {"title": "T", "tags": ["a", "a", 1], "elements": {}, "layout": {}}}
        """;
    DashboardDocument document = DocumentReader.read(text);
    assertThat(document.form()).isEqualTo(DashboardDocument.Form.RESOURCE);
    assertThat(List.of(document.title(), document.uid(), document.apiVersion()))
        .containsExactly("T", "u", "dashboard.grafana.app/v2beta1");
    assertThat(document.tags()).containsExactly("a");
    assertThat(document.version()).isEqualTo(4);
    assertThat(document.around().folderUid()).isEqualTo("f");
    JsonNode served = document.identified(9, "u", 5);
    assertThat(served.at("/metadata/generation").intValue()).isEqualTo(5);
    assertThat(served.has("id")).isFalse();
    DashboardDocument bare = DocumentReader.read("{\"title\":\"B\",\"elements\":{},\"layout\":{}}");
    assertThat(bare.title()).isEqualTo("B");
    assertThat(bare.json().get("kind").asText()).isEqualTo("Dashboard");
  }

  @Test
  void numbersAndUnknownPartsStayAsTheyAreWritten() throws DocumentException {
    String text =
        "{\"title\":\"T\",\"x\":[1.10,1e5,12345678901234567890,-0,0.1],\"odd\":{\"\":null}}";
    assertThat(TreeJson.write(DocumentReader.read(text).json()))
        .isEqualTo(
            "{\"title\":\"T\",\"x\":[1.10,1E+5,12345678901234567890,0,0.1],\"odd\":{\"\":null}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "[]", "1", "null", "{", "{} {}", "{\"a\":1,}", "{'a':1}"})
  void refusesWhatIsNoObject(String text) {
    assertThatThrownBy(() -> DocumentReader.read(text)).isInstanceOf(DocumentException.class);
  }

  @Test
  void refusesHostileTexts() {
    assertThatThrownBy(() -> TreeJson.read("[".repeat(100_000) + "]".repeat(100_000)))
        .hasMessageContaining("depth");
    assertThatThrownBy(() -> TreeJson.read("{\"a\":" + "9".repeat(100_000) + "}"))
        .isInstanceOf(DocumentException.class);
    assertThatThrownBy(() -> TreeJson.text(new byte[TreeJson.BYTES_MAX + 1]))
        .hasMessageContaining("bytes");
    assertThatThrownBy(() -> TreeJson.text(new byte[] {(byte) 0xc0, (byte) 0x80}))
        .hasMessageContaining("UTF-8");
    String wrapped = "{\"dashboard\":".repeat(9) + "{}" + "}".repeat(9);
    assertThatThrownBy(() -> DocumentReader.read(wrapped)).hasMessageContaining("wrapped");
  }

  @Test
  void cutsAValueOutOfATextAsItIsWritten() {
    String text =
        "\uFEFF{ \"message\" : \"dashboard\", \"dashboard\" :  { \"a\" : [1,  2] } , \"z\":{}}";
    assertThat(TreeJson.valueOf(text, "dashboard")).hasValue("{ \"a\" : [1,  2] }");
    assertThat(TreeJson.valueOf(text, "message")).isEmpty();
    assertThat(TreeJson.valueOf(text, "none")).isEmpty();
    String large = "{\"pad\":\"" + "é".repeat(50_000) + "\",\"dashboard\":{\"ü\":1.0}}";
    assertThat(TreeJson.valueOf(large, "dashboard")).hasValue("{\"ü\":1.0}");
  }

  @Test
  void fillsInWhatASharedDashboardAsksFor() throws DocumentException {
    DashboardDocument shared =
        DocumentReader.read(
            """
            {"title": "S", "__inputs": [
              {"name": "DS_PROMETHEUS", "type": "datasource", "pluginId": "prometheus"},
              {"name": "VAR_RATE", "type": "constant", "value": "5m"},
              {"name": "DS_ODD", "type": "datasource", "pluginId": "acme-datasource"}],
             "panels": [{"datasource": {"uid": "${DS_PROMETHEUS}"},
               "targets": [{"expr": "rate(x[${VAR_RATE}]) + ${other}", "d": "${DS_ODD}"}]}]}
            """);
    assertThat(ImportInputs.of(shared, Map.of()).missing()).containsExactly("DS_ODD");
    DashboardDocument filled = ImportInputs.of(shared, Map.of("DS_ODD", "$1")).fill(shared);
    assertThat(filled.json().has("__inputs")).isFalse();
    assertThat(filled.json().at("/panels/0/datasource/uid").asText()).isEqualTo("prometheus");
    assertThat(filled.json().at("/panels/0/targets/0/expr").asText())
        .isEqualTo("rate(x[5m]) + ${other}");
    assertThat(filled.json().at("/panels/0/targets/0/d").asText()).isEqualTo("$1");
    assertThat(filled.original()).contains("__inputs");
  }

  @Test
  void aBundleOfYamlHasResources() throws DocumentException {
    List<Bundle.Part> parts =
        Bundle.read(
            "x/y.yaml",
            """
            apiVersion: dashboard.grafana.app/v1beta1
            kind: Dashboard
            metadata: {name: u}
            spec: {title: T, refresh: 1.50, editable: true, none: null}
            """);
    assertThat(parts).hasSize(1);
    assertThat(TreeJson.write(parts.getFirst().document().json()))
        .isEqualTo(
            "{\"title\":\"T\",\"refresh\":1.50,\"editable\":true,\"none\":null,\"uid\":\"u\"}");
    assertThatThrownBy(() -> Bundle.read("x.yaml", "a: [")).isInstanceOf(DocumentException.class);
    assertThat(Bundle.read("x.yaml", "just a text")).isEmpty();
  }

  @Test
  void comparesDocuments() throws DocumentException {
    JsonNode before =
        TreeJson.read(
            """
            {"title": "A", "n": 1.0, "tags": ["x", "y"], "gone": 1, "panels": [
              {"id": 1, "t": "one"}, {"id": 2, "t": "two"}, {"id": 3, "t": "three"}]}
            """);
    JsonNode after =
        TreeJson.read(
            """
            {"title": "B", "n": 1, "tags": ["x"], "new/~": {}, "panels": [
              {"id": 3, "t": "three"}, {"id": 9, "t": "nine"}, {"id": 1, "t": "uno"}]}
            """);
    assertThat(
            DocumentDiff.of(before, after).stream()
                .map(change -> change.op() + " " + change.path()))
        .containsExactly(
            "replace /title",
            "remove /tags/1",
            "remove /gone",
            "remove /panels/1",
            "move /panels/0",
            "add /panels/1",
            "move /panels/2",
            "replace /panels/2/t",
            "add /new~1~0");
    assertThat(DocumentDiff.of(before, before)).isEmpty();
  }

  @Test
  void titlesBecomePartsOfAddresses() {
    assertThat(Slug.of("API Golden  Signals!")).isEqualTo("api-golden-signals");
    assertThat(Slug.of("../..//etc")).isEqualTo("etc");
    assertThat(Slug.of("日本")).isEqualTo("dashboard");
    assertThat(Slug.of("x".repeat(4_000)).length()).isLessThan(200);
  }
}
