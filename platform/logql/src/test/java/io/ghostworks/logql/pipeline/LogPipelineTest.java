package io.ghostworks.logql.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.LogqlParser;
import io.ghostworks.model.label.Labels;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stages do to single lines; behaviour as Loki documents it and as its sources show it. */
class LogPipelineTest {
  private static final long TIME = 1_700_000_000_123_456_789L;
  private static final Labels STREAM = Labels.of("app", "api", "pod", "p1");
  private static final Labels METADATA = Labels.of("traceID", "abc");

  /** The line and what was parsed, or "dropped". */
  private static String run(String stages, String line) {
    return run(stages, line, STREAM, METADATA);
  }

  private static String run(String stages, String line, Labels stream, Labels metadata) {
    LogPipeline pipeline =
        LogPipeline.compile(LogqlParser.parseLog("{app=\"api\"} " + stages).stages());
    byte[] bytes = ("xx" + line + "yy").getBytes(StandardCharsets.UTF_8);
    boolean kept = pipeline.process(TIME, bytes, 2, bytes.length - 2, stream, metadata);
    return kept ? pipeline.line() + " " + pipeline.parsedLabels() : "dropped";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '^',
      value = {
        "|= `b`§a b c§a b c {}",
        "|= `x`§a b c§dropped",
        "|= `x` or `c`§a b c§a b c {}",
        "!= `x` or `c`§a b c§dropped",
        "|~ `a.b`§a b c§a b c {}",
        "!~ `a.b`§a b c§dropped",
        "|> `a <_> c`§a b c§a b c {}",
        "!> `a <_> c`§a b c§dropped",
        "|= ip(`10.0.0.0/8`)§from 10.1.2.3 to§from 10.1.2.3 to {}",
        "|= ip(`10.0.0.1-10.0.0.9`)§from 10.0.0.10 to§dropped",
        "!= ip(`::1`)§from ::1§dropped",
        "|= ip(`2001:db8::/32`)§[2001:db8::7]:80§[2001:db8::7]:80 {}"
      })
  void filtersLines(String stages, String line, String expected) {
    assertThat(run(stages, line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '^',
      value = {
        "{\"a\":1,\"b\":{\"c\":true,\"d\":[1],\"1e\":null},\"f g\":\"x\\\"y\"}"
            + "§{a=\"1\", b_c=\"true\", f_g=\"x\\\"y\"}",
        "{\"app\":\"z\",\"traceID\":\"q\",\"0a\":0.50}"
            + "§{_0a=\"0.50\", app_extracted=\"z\", traceID_extracted=\"q\"}",
        "{\"a\":\"\\u00e4\\ud83d\\ude00\"}§{a=\"ä😀\"}",
        "{\"a\":1,\"a\":2}§{a=\"1\"}",
        "{\"a\":1,§{__error__=\"JSONParserErr\", __error_details__=\"Value is array, but can't find"
            + " closing ']' symbol\", a=\"1\"}",
        "plain§{__error__=\"JSONParserErr\", __error_details__=\"Value looks like object, but can't"
            + " find closing '}' symbol\"}",
        "{\"a\":x}§{__error__=\"JSONParserErr\", __error_details__=\"Unknown value type\"}",
        "{}§{}"
      })
  void readsJson(String line, String parsed) {
    assertThat(run("| json", line)).isEqualTo(line + " " + parsed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '^',
      value = {
        "x=`a.b[1].c`§{\"a\":{\"b\":[1,{\"c\":\"v\"}]}}§{x=\"v\"}",
        "x=`a`, y=`nope`§{\"a\":{\"b\":1}}§{x=\"{\\\"b\\\":1}\", y=\"\"}",
        "x=`[\"a b\"]`§{\"a b\":[1,\"z\"]}§{x=\"[1,\\\"z\\\"]\"}",
        "app=`a`§{\"a\":\"1\"}§{app_extracted=\"1\"}",
        "x=`[0]`§[\"first\",2]§{x=\"first\"}",
        "x=`a`§oops§{__error__=\"JSONParserErr\"}",
        "x=`[0]`§[error] x§{x=\"\"}",
        "x=`a`§{\"a\":x}§{__error__=\"JSONParserErr\", __error_details__=\"Unknown value type\","
            + " x=\"\"}"
      })
  void readsJsonExpressions(String expressions, String line, String parsed) {
    assertThat(run("| json " + expressions, line)).isEqualTo(line + " " + parsed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '^',
      value = {
        "| logfmt§a=1 b=\"x y\" c d= app=z§{a=\"1\", app_extracted=\"z\", b=\"x y\"}",
        "| logfmt --keep-empty§a=1 c d=§{a=\"1\", c=\"\", d=\"\"}",
        "| logfmt§a=1 b=\"x\\ty\\u0041\" k-1=2§{a=\"1\", b=\"x\\tyA\", k_1=\"2\"}",
        "| logfmt§a=1 b=x=y c=3§{a=\"1\", c=\"3\"}",
        "| logfmt --strict§a=1 b=x=y c=3§{__error__=\"LogfmtParserErr\", __error_details__=\"logfmt"
            + " syntax error at pos 8 : unexpected '='\", a=\"1\"}",
        "| logfmt x=\"b\", y§a=1 b=2§{x=\"2\", y=\"\"}",
        "| logfmt app=\"b\"§b=2§{app_extracted=\"2\"}"
      })
  void readsLogfmt(String stages, String line, String parsed) {
    assertThat(run(stages, line)).isEqualTo(line + " " + parsed);
  }

  @Test
  void readsPatternsExpressionsAndPackedLines() {
    assertThat(run("| pattern `<ip> <_> \"<m> <app>\"`", "1.2.3.4 - \"GET /\""))
        .isEqualTo("1.2.3.4 - \"GET /\" {app_extracted=\"/\", ip=\"1.2.3.4\", m=\"GET\"}");
    assertThat(run("| regexp `(?P<a>\\d+)-(?P<b>x)?`", "12-3"))
        .isEqualTo("12-3 {a=\"12\", b=\"\"}");
    assertThat(
            run("| unpack", "{\"app\":\"z\",\"n\":1,\"_entry\":\"the \\\"line\\\"\",\"q\":\"w\"}"))
        .isEqualTo("the \"line\" {app_extracted=\"z\", q=\"w\"}");
    assertThat(run("| unpack", "{\"q\":\"w\"}")).isEqualTo("{\"q\":\"w\"} {}");
    assertThat(run("| unpack", "oops"))
        .isEqualTo(
            "oops {__error__=\"JSONParserErr\", __error_details__=\"expecting json object(6), but"
                + " it is not\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '^',
      value = {
        "| app=`api`§true",
        "| pod=~`p[0-9]`§true",
        "| app=~`ap`§false",
        "| traceID=`abc`§true",
        "| nope=``§true",
        "| nope>1§false",
        "| logfmt | n>=2 and d<1.5s§true",
        "| logfmt | d>1100ms§true",
        "| logfmt | d>1.2s or n==2§true",
        "| logfmt | size>1KB,size<2KiB§true",
        "| logfmt | addr=ip(`10.0.0.0/8`)§true",
        "| logfmt | addr!=ip(`10.0.0.0/8`)§false",
        "| logfmt | d>1s | __error__=``§true",
        "| logfmt | size>1s | __error__=``§false",
        "| logfmt | size>1s | __error__=`LabelFilterErr`§true"
      })
  void filtersByLabels(String stages, boolean kept) {
    String result = run(stages, "n=2 d=1.2s size=1.5KB addr=10.2.3.4");
    assertThat(!result.equals("dropped")).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '^',
      value = {
        "{{.app}}-{{.nope}}.§api-.",
        "{{.app}}§api",
        "{{__line__ | ToUpper}}§A=1 B=X",
        "{{ __timestamp__ | date `2006-01-02T15:04:05.000Z07:00` }}§2023-11-14T22:13:20.123Z",
        "{{ __timestamp__ | unixEpoch }} {{ unixEpochNanos __timestamp__ }}§1700000000"
            + " 1700000000123456789",
        "{{ add 1 .a 3 }} {{ sub 5 2 }} {{ mul 2 3 4 }} {{ div 7 2 }} {{ mod 7 4 }}§5 3 24 3 3",
        "{{ addf 0.1 0.2 }} {{ divf 1 3 }} {{ mulf 1.1 1.1 }}§0.3 0.3333333333333333 1.21",
        "{{ max 1 5 2 }} {{ minf 1.5 0.5 }} {{ round 123.5555 3 }} {{ ceil 1.1 }}§5 0.5 123.556 2",
        "{{ regexReplaceAll `(p)i` .app `${1}o` }} {{ regexReplaceAllLiteral `p` .app `$1` }}"
            + "§apo a$1i",
        "{{ count `[abp]` .app }} {{ trunc 2 .app }} {{ trunc -2 .app }} {{ substr 1 2 .app }}§2"
            + " ap pi p",
        "{{ alignLeft 5 .app }}|{{ alignRight 5 .app }}|{{ alignRight 2 .app }}§api  |  api|pi",
        "{{ b64enc .app }} {{ b64dec `YXBp` }} {{ urlencode `a b*~` }} {{ urldecode `a%20b` }}§YXBp"
            + " api a+b%2A~ a b",
        "{{ bytes `2KB` }} {{ duration `1m0.5s` }}§2000 60.5",
        "{{ default `d` .nope }} {{ default `d` .app }} {{ repeat 3 `x` }}§d api xxx",
        "{{ Replace .app `p` `q` -1 }} {{ replace `p` `r` .app }} {{ Trim `xax` `x` }}§aqi ari a",
        "{{ title `ab cd` }} {{ hasPrefix `ap` .app }} {{ contains `z` .app }}§Ab Cd true false",
        "{{ (fromJson `{\"a\":{\"b\":[1,2.5]}}`).a.b }}§[1 2.5]",
        "{{ toDate `2006-01-02` `2024-02-29` | unixEpoch }}§1709164800",
        "{{ unixToTime `1700000000` | date `15:04` }} {{ unixEpochMillis __timestamp__ }}§22:13"
            + " 1700000000123",
        "x{{ indent 2 `a` }}§x  a",
        "{{ int `7` }} {{ float64 `1.5` }} {{ lower `A` }} {{ trimPrefix `a` .app }}§7 1.5 a pi"
      })
  void formatsLines(String template, String expected) {
    String stages = "| logfmt | line_format \"" + template.replace("\"", "\\\"") + "\"";
    assertThat(run(stages, "a=1 b=x", STREAM, METADATA))
        .isEqualTo(expected + " {a=\"1\", b=\"x\"}");
  }

  @Test
  void formatsLabels() {
    assertThat(run("| logfmt | label_format c=a, b=\"{{.b}}-{{.app}}\"", "a=1 b=x"))
        .isEqualTo("a=1 b=x {b=\"x-api\", c=\"1\"}");
    assertThat(run("| label_format app=\"{{.pod}}\"", "l")).isEqualTo("l {app=\"p1\"}");
    assertThat(run("| line_format \"{{ div 1 0 }}\"", "l"))
        .startsWith("l {__error__=\"TemplateFormatErr\"");
    String large = "regexReplaceAllLiteral `` (repeat 2000 `a`) (repeat 100000 `y`)";
    assertThat(run("| line_format \"{{ " + large + " }}\"", "l"))
        .contains("a text would be longer than");
  }

  @Test
  void dropsAndKeepsLabels() {
    assertThat(run("| logfmt | drop a, b=\"y\", c=\"z\"", "a=1 b=x c=z"))
        .isEqualTo("a=1 b=x c=z {b=\"x\"}");
    assertThat(run("| logfmt | keep a, b=\"y\"", "a=1 b=x")).isEqualTo("a=1 b=x {a=\"1\"}");
    assertThat(run("| json | drop __error__, __error_details__", "l")).isEqualTo("l {}");
  }

  @Test
  void keepsTheThreeKindsOfLabelsApart() {
    LogPipeline pipeline =
        LogPipeline.compile(
            LogqlParser.parseLog("{app=\"api\"} | logfmt | label_format pod=a | drop app")
                .stages());
    byte[] line = "a=1 b=2".getBytes(StandardCharsets.UTF_8);
    assertThat(pipeline.process(TIME, line, 0, line.length, STREAM, METADATA)).isTrue();
    assertThat(pipeline.streamLabels()).hasToString("{}");
    assertThat(pipeline.structuredMetadata()).hasToString("{traceID=\"abc\"}");
    assertThat(pipeline.parsedLabels()).hasToString("{b=\"2\", pod=\"1\"}");
    assertThat(pipeline.labels()).hasToString("{b=\"2\", pod=\"1\", traceID=\"abc\"}");
  }

  @Test
  void takesColoursOutBehindTheFilters() {
    assertThat(run("| decolorize", "\u001b[31mred\u001b[0m")).isEqualTo("red {}");
    assertThat(run("| decolorize |= \"31m\"", "\u001b[31mred")).isEqualTo("red {}");
  }

  @Test
  void aTemplateThatFailsNamesTheWholeCall() {
    assertThat(run("| line_format `{{substr 5 2 .nothere}}`", "a"))
        .isEqualTo(
            "a {__error__=\"TemplateFormatErr\", __error_details__=\"template: line:1:2: executing"
                + " \\\"line\\\" at <substr 5 2 .nothere>: error calling substr: runtime error:"
                + " slice bounds out of range [5:0]\"}");
    assertThat(run("| line_format `{{duration_seconds .nothere}}`", "a"))
        .contains("at <duration_seconds .nothere>: error calling duration_seconds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '^',
      value = {
        "|~ ip(`1.1.1.1`)§parse error : stage '|~ ip(\"1.1.1.1\")' : ip: invalid operation",
        "|~ `(`§parse error : stage '|~ \"(\"' : error parsing regexp: missing closing ): `(`",
        "|= ip(`x`)§parse error : stage '|= ip(\"x\")' : ip: invalid pattern: \"x\"",
        "| json x=`a.`§parse error : stage '| json x=\"a.\"' : cannot parse expression [a.]: syntax"
            + " error: unexpected $end, expecting FIELD",
        "| label_format a=b,a=c§parse error : stage '| label_format a=b,a=c' : multiple label name"
            + " 'a' not allowed in a single format operation"
      })
  void refusesStagesThatCannotRun(String stages, String message) {
    assertThatThrownBy(() -> run(stages, ""))
        .isInstanceOf(LogqlParseException.class)
        .hasMessage(message);
  }

  @Test
  void deepJsonIsAFaultAndNoMore() {
    String deep = "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000);
    assertThat(run("| json", deep)).contains("__error_details__=\"objects nest too deeply\"");
  }

  @Test
  void samplesHaveTheLabelsOfTheirGroups() {
    SamplePipeline pipeline =
        SamplePipeline.compile(
            LogqlParser.parseLog("{app=\"api\"} | logfmt | n>1").stages(),
            false,
            null,
            new LabelGroups(false, java.util.Set.of("a", "pod"), false));
    byte[] line = "a=1 b=2 n=3".getBytes(StandardCharsets.UTF_8);
    assertThat(pipeline.process(TIME, line, 0, line.length, STREAM, METADATA)).isTrue();
    assertThat(pipeline.value()).isEqualTo(1);
    assertThat(pipeline.labels()).hasToString("{a=\"1\", pod=\"p1\"}");
  }
}
