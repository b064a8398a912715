package io.ghostworks.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.runtime.time.SimulatedTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateSetTest {

  private static final Map<String, GoFunction> FUNCTIONS =
      NotificationFunctions.with(new SimulatedTime(1_700_000_000_000L));

  /** Each line: a template, a tilde, what Go writes. {@code ⏎} is a line's end. */
  static List<String[]> rendered() {
    return GoldenLines.read(
        """
        plain~plain
        {{.Text}}~hello
        a {{- .Text -}} b~ahellob
        a {{- /* gone */ -}} b~ab
        {{/* gone */}}x~x
        {{"quoted\\n"}}|~quoted⏎|
        {{`raw \\n`}}~raw \\n
        {{'a'}}~97
        {{0x10}} {{1_000}} {{0b11}} {{0o17}} {{1e3}} {{-5}}~16 1000 3 15 1000 -5
        {{1.0}} {{1.5e300}} {{123456789.0}} {{0.00001}}~1 1.5e+300 1.23456789e+08 1e-05
        {{true}} {{not true}}~true false
        {{.Missing}}~<no value>
        {{.Labels.missing}}|~|
        {{.Labels}}~map[a:1 b:2]
        {{.List}}~[x y z]
        {{$x := .Text}}{{$x}}~hello
        {{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}~2
        {{if .Empty}}yes{{else}}no{{end}}~no
        {{if .Empty}}a{{else if .Text}}b{{else}}c{{end}}~b
        {{with .Text}}{{.}}{{end}}~hello
        {{with .Empty}}a{{else with .Text}}{{.}}{{else}}c{{end}}~hello
        {{with $y := .Text}}{{$y}}{{end}}~hello
        {{range .List}}<{{.}}>{{end}}~<x><y><z>
        {{range $i, $e := .List}}{{$i}}={{$e}};{{end}}~0=x;1=y;2=z;
        {{range $k, $v := .Labels}}{{$k}}={{$v}};{{end}}~a=1;b=2;
        {{range .Empty}}a{{else}}none{{end}}~none
        {{range .List}}{{if eq . "y"}}{{continue}}{{end}}{{.}}{{end}}~xz
        {{range .List}}{{if eq . "y"}}{{break}}{{end}}{{.}}{{end}}~x
        {{range 3}}{{.}}{{end}}~012
        {{range $i := 2}}{{$i}}{{end}}~01
        {{define "x"}}[{{.}}]{{end}}{{template "x" .Text}}~[hello]
        {{block "b" .Text}}<{{.}}>{{end}}~<hello>
        {{define "x"}}{{.}}{{end}}{{template "x"}}~<no value>
        {{.Text | printf "%s-%d" "a" | len}}~19
        {{(index .List 1) | printf "%q"}}~"y"
        {{(.Object).Name}} {{.Object.Greet "you"}} {{.Object.Name | print}}~object hi you object
        {{index .Labels "a"}}{{index .Labels "none"}}|~1|
        {{slice .Text 1 3}} {{slice .List 1}}~el [y z]
        {{len .Text}} {{len .List}} {{len .Labels}}~5 3 2
        {{and 1 0 2}} {{or 0 "" "x"}} {{and true .Text}}~0 x hello
        {{or true (index .List 99)}}~true
        {{eq 1 2 3 1}} {{ne 1 2}} {{lt 1 2}} {{le 2 2}} {{gt 1.5 1.0}} {{ge "b" "a"}}~true true true true true true
        {{printf "%5d|%-5d|%05d|%x|%X|%o|%b|%c|%U" 42 42 42 255 255 8 5 65 65}}~   42|42   |00042|ff|FF|10|101|A|U+0041
        {{printf "%.2f|%8.3f|%e|%g|%+d|%t|%v|%6.1f%%" 3.14159 2.5 1234.5 0.1 7 true .List 99.5}}~3.14|   2.500|1.234500e+03|0.1|+7|true|[x y z]|  99.5%
        {{printf "%s %d %z" 5 "x" 1}}~%!s(int=5) %!d(string=x) %!z(int=1)
        {{printf "%d %d" 1}}|{{printf "%d" 1 2}}~1 %!d(MISSING)|1%!(EXTRA int=2)
        {{printf "%[2]d %[1]d" 1 2}}|{{printf "%*d" 5 42}}~2 1|   42
        {{printf "%T %T %T" 1 "a" 1.5}}~int string float64
        {{print 1 2 "a" "b" 3}}|{{println 1 "a"}}~1 2ab3|1 a⏎
        {{html "<a href='x'>&"}}~&lt;a href=&#39;x&#39;&gt;&amp;
        {{js "it's <b>"}}~it\\'s \\u003Cb\\u003E
        {{urlquery "a b&c"}}~a+b%26c
        {{"ABC" | toLower}} {{title "hELLO wORLD"}} {{trimSpace " x "}}~abc Hello World x
        {{join "," .List}} {{stringSlice "a" "b" | join "-"}}~x,y,z a-b
        {{match "^h.*o$" .Text}} {{reReplaceAll "(l+)" "<$1>" .Text}}~true he<ll>o
        {{reReplaceAll "(?P<first>h)e" "${first}a" .Text}}~hallo
        {{toJson .Labels}} {{toJson .List}}~{"a":"1","b":"2"} ["x","y","z"]
        {{.Time}}~2023-11-14 22:13:20 +0000 UTC
        {{.Time.Format "Mon Jan _2 15:04:05 2006"}}~Tue Nov 14 22:13:20 2023
        {{date "2006-01-02T15:04:05Z07:00" .Time}}~2023-11-14T22:13:20Z
        {{.Time | tz "Europe/Paris" | date "15:04 MST -0700"}}~23:13 CET +0100
        {{since .Time}} {{.Time.Unix}} {{.Time.Year}} {{.Time.Month}} {{.Time.Weekday}}~0s 1700000000 2023 November Tuesday
        {{humanizeDuration 3661}} {{humanizeDuration 0.0012}}~1h 1m 1s 1.2ms
        {{toDate "2006-01-02" "2024-02-03" | date "Jan 2"}} {{(toDate "2006" "x").IsZero}} {{mustToDate "2006" "2024" | date "2006"}}~Feb 3 true 2024
        {{toJson (dict "b" 1.5 "a" "<&>" "c" (list 1 true))}} {{safeUrl "a&b"}}~{"a":"\\u003c\\u0026\\u003e","b":1.5,"c":[1,true]} a&b
        {{$d := dict "k" 1}}{{$d.k}} {{index (list 1 2) 1}} {{base64encode "a?"}}~1 2 YT8=
        """);
  }

  static List<String[]> malformed() {
    return GoldenLines.read(
        """
        {{~template: t:1: unclosed action
        {{if true}}~template: t:1: unexpected EOF
        {{end}}~template: t:1: unexpected {{end}}
        {{nosuch 1}}~template: t:1: function "nosuch" not defined
        {{$x}}~template: t:1: undefined variable "$x"
        {{.Text | 5}}~template: t:1: non executable command in pipeline stage 2
        {{}}~template: t:1: missing value for command
        {{if}}a{{end}}~template: t:1: missing value for if
        {{break}}~template: t:1: {{break}} outside {{range}}
        {{"a}}~template: t:1: unterminated quoted string
        {{/* a~template: t:1: unclosed comment
        {{(1}}~template: t:1: unclosed left paren
        {{1)}}~template: t:1: unexpected right paren
        {{.a.b.}}~template: t:1: unexpected <.> in operand
        {{12ab}}~template: t:1: bad number syntax: "12a"
        {{template}}~template: t:1: unexpected "}}" in template clause
        {{else}}~template: t:1: unexpected {{else}}
        """);
  }

  static List<String[]> failing() {
    return GoldenLines.read(
        """
        {{.Text.Field}}~template: t:1:7: executing "t" at <.Text.Field>: can't evaluate field Field in type string
        {{index .List 7}}~template: t:1:2: executing "t" at <index .List 7>: error calling index: index out of range: 7
        {{eq 1 1.0}}~template: t:1:2: executing "t" at <eq 1 1.0>: error calling eq: incompatible types for comparison: int and float64
        {{template "none"}}~template: t:1:11: executing "t" at <{{template "none"}}>: template "none" not defined
        {{toUpper 1}}~template: t:1:10: executing "t" at <1>: expected string; found 1
        {{len 1 2}}~template: t:1:2: executing "t" at <len>: wrong number of args for len: want 1 got 2
        {{call nil}}~template: t:1:2: executing "t" at <call nil>: error calling call: call of nil
        {{match "(" ""}}~template: t:1:2: executing "t" at <match "(" "">: error calling match: regexp: Compile("("): error parsing regexp: missing closing ): `(`
        """);
  }

  @ParameterizedTest
  @MethodSource("rendered")
  void writesWhatGoWrites(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource({"malformed", "failing"})
  void refusesWhatGoRefusesInItsWords(String template, String message) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }

  @Test
  void stopsAtItsLimits() {
    assertThatThrownBy(() -> render("{{range 1000000000}}{{end}}"))
        .hasMessageContaining("more than 1000000 steps");
    assertThatThrownBy(() -> render("{{printf \"%900000d\" 1}}{{printf \"%900000d\" 1}}"))
        .hasMessageContaining("the output is longer than 1048576 chars");
    assertThatThrownBy(() -> render("{{define \"r\"}}{{template \"r\"}}{{end}}{{template \"r\"}}"))
        .hasMessageContaining("exceeded maximum template depth (100)");
    assertThatThrownBy(() -> render("{{" + "(".repeat(100_000)))
        .hasMessageContaining("nested deeper than 200");
    for (String doubling :
        List.of(
            "{{$x = print $x $x}}",
            "{{$x = printf \"%s%s\" $x $x}}",
            "{{$x = join $x (list $x $x)}}",
            "{{$x = reReplaceAll \"a\" \"$0$0\" $x}}",
            "{{$x = toJson (list $x $x)}}",
            "{{$x = js $x}}",
            "{{$x = print (list $x $x)}}")) {
      assertThatThrownBy(() -> render("{{$x := \"aaaa\\\\\"}}{{range 60}}" + doubling + "{{end}}"))
          .hasMessageContaining("a text would be longer than 2097152 chars");
    }
  }

  @Test
  void escapesInHtmlMode() {
    TemplateSet set =
        TemplateSet.withFunctions(FUNCTIONS.keySet())
            .parse(
                "t",
                "<a href=\"{{.Url}}\" title=\"{{.Evil}}\">{{.Evil}}</a>{{safeHtml"
                    + " \"<b>\"}}{{.Missing}}");
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("Url", "javascript:alert(1)");
    data.put("Evil", "\"><script>");
    assertThat(
            set.render(
                "t", new AnyMap(data), FUNCTIONS, TemplateSet.Mode.HTML, TemplateLimits.DEFAULT))
        .isEqualTo(
            "<a href=\"#ZgotmplZ\""
                + " title=\"&#34;&gt;&lt;script&gt;\">&#34;&gt;&lt;script&gt;</a><b>");
  }

  private static String render(String text) {
    return TemplateSet.withFunctions(FUNCTIONS.keySet())
        .parse("t", text)
        .render("t", data(), FUNCTIONS, TemplateSet.Mode.TEXT, TemplateLimits.DEFAULT);
  }

  private static AnyMap data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("Text", "hello");
    data.put("Empty", List.of());
    data.put("List", List.of("x", "y", "z"));
    data.put("Labels", Map.of("b", "2", "a", "1"));
    data.put("Time", GoTime.ofEpochNanos(1_700_000_000_000_000_000L));
    data.put("Object", new Named());
    return new AnyMap(data);
  }

  private static final class Named implements GoObject {
    @Override
    public String typeName() {
      return "main.Named";
    }

    @Override
    public Member member(String name) {
      return switch (name) {
        case "Name" -> Member.of("object");
        case "Greet" -> Member.method(1, a -> "hi " + a.text(0));
        default -> null;
      };
    }

    @Override
    public String print() {
      return "{object}";
    }
  }
}
