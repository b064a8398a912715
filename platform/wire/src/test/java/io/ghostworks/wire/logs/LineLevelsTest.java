package io.ghostworks.wire.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.record.DetectedLevel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts of grafana/loki pkg/distributor/field_detection_test.go, and a naive model. */
class LineLevelsTest {
  private static final LevelFields FIELDS = new LevelFields(DetectedLevel.FIELDS);

  private static String level(String line) {
    byte[] bytes = ("xx" + line + "yy").getBytes(StandardCharsets.UTF_8);
    return LevelWords.WORDS.get(new LineLevels(FIELDS, 2).of(bytes, 2, bytes.length - 2));
  }

  @ParameterizedTest
  @CsvSource({
    "trace,trace",
    "debug,debug",
    "info,info",
    "warn,warn",
    "warning,warn",
    "error,error",
    "err,error",
    "fatal,fatal",
    "critical,critical",
    "unknown,unknown"
  })
  void findsWordsInRunningText(String word, String level) {
    for (String form :
        List.of(
            "this is a %s message",
            "%s occurred",
            "an %s",
            "%s: something happened",
            "%s, something happened",
            "%s! something happened",
            "(%s) something happened",
            "[%s] something happened",
            "2024-01-01T10:00:00Z %s: connection failed")) {
      assertThat(level(form.formatted(word))).as(form).isEqualTo(level);
      assertThat(level(form.formatted(word.toUpperCase(Locale.ROOT)))).as(form).isEqualTo(level);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "this is a terror attack",
        "there were multiple errors",
        "error123 occurred",
        "123error occurred",
        "errorCode is invalid",
        "myError occurred",
        "debugging the issue",
        "information is available",
        "warnings issued",
        "criticality assessment",
        "traced the issue",
        "",
        "a regular log message",
        "{\"errorCode\": 123}",
        "errorCode=123",
        "[terror] attack occurred",
        "log_error function called",
        "trace_id is abc123",
        "fooerror errorbar misc:error error_code",
        "192.168.1.1 - - [01/Jan/2024:10:00:00 +0000] \"GET /api/error-handler HTTP/1.1\" 500 1"
            + " \"-\""
      })
  void passesOverWordsThatAreParts(String line) {
    assertThat(level(line)).isEqualTo("unknown");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"message\": \"error occurred\"};error",
        "{\"error\": \"something\"};error",
        "msg=\"error occurred\";error",
        "error=something;error",
        "level=error;error",
        "2024-01-01T10:00:00Z info request failed -l warning --log-level misc:error;info",
        "warning: degraded, info follows;warn",
        "component=misc:error [info] processed;info",
        "fooerror [error] message;error",
        "2024-01-01 10:00:00.000 ERROR 1234 --- [main] App : failed due to error;error",
        "Tue Mar 24 2026 GMT+0000 (UTC)|INFO|Integration|core:server|undefined|Received;info",
        "event='User logged in' level='info' timestamp='2022-10-13T16:29:27Z';info",
        "{\"foo\":\"bar\",\"msg\":\"keyword error\",\"level\":\"critical\"};critical",
        "{\"FOO\":\"bar\",\"MSG\":\"keyword error\",\"LEVEL\":\"Critical\"};critical",
        "{\"foo\":\"bar\",\"msg\":\"keyword warn\",\"SEVERITY\":\"FATAL\"};fatal",
        "{\"foo\":\"bar\",\"msg\":\"with keyword INFO get picked up\"};info",
        "{\"a\":{\"level\":\"warn\"},\"level\":\"info\"};warn",
        "{\"a\":{\"b\":{\"level\":\"warn\"}},\"level\":\"info\"};info",
        "{\"arr\":[{\"level\":\"debug\"}],\"level\":\"info\"};info",
        "{\"level\":123,\"severity\":\"warn\"};warn",
        "{\"log.level\":\"wrn\",\"x\":1};warn",
        "{\"le\\u0076el\":\"dbg\"};debug",
        "{\"a\":nul,\"level\":\"dbg\"};unknown",
        "{\"level\":\"dbg\" oops};debug",
        "{\"a\":\"x\" oops \"level\":\"dbg\"};unknown",
        "{\"severity\":\"odd\",\"level\":\"dbg\"} ;unknown",
        "foo=bar msg=\"message with info and not level\";info",
        "foo=bar msg=\"keyword error\" level=Warn;warn",
        "foo=bar msg=\"keyword but\" level=NA;unknown",
        "Foo=bar MSG=\"Message\" Severity=critical;critical",
        "lvl=error severity=debug;debug",
        "level=\"in\\u0066o\" a=b;info",
        "a=\"b\\qc\" level=dbg;unknown",
        "a=\"unterminated level=dbg;unknown",
        "a=b=c level=dbg;unknown",
        "level= severity=dbg;unknown",
        "\u017Feverity=debug;debug",
        "\u0130NFO: dotted;info"
      })
  void readsFieldsBeforeText(String line, String level) {
    assertThat(level(line)).isEqualTo(level);
  }

  @Test
  void takesBracesBetweenSpacesOfUnicodeForJson() {
    byte[] json = "\u2003\u00a0{\"level\":\"dbg\"}\n\t".getBytes(StandardCharsets.UTF_8);
    assertThat(LineLevels.isJson(json, 0, json.length)).isTrue();
    byte[] behind = "{\"level\":\"dbg\"}\u2003".getBytes(StandardCharsets.UTF_8);
    assertThat(LineLevels.isJson(behind, 0, behind.length)).isFalse();
  }

  @Test
  void findsTheSameWordInTextAsANaiveSearch() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    List<String> pieces =
        List.of(
            "error",
            "Err",
            "warn",
            "WARNING",
            "info",
            "i",
            " ",
            ":",
            "[",
            "]",
            "=",
            "x",
            "fatal",
            "trace",
            "critical",
            "debug",
            ",",
            "\u0130NFO",
            "\u00e9",
            "_",
            "1",
            "\"",
            "|");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int n = random.nextInt(8); n >= 0; n--) {
        line.append(pieces.get(random.nextInt(pieces.size())));
      }
      byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(LevelWords.WORDS.get(LevelWords.ofText(bytes, 0, bytes.length)))
          .as("seed %d, line '%s'", seed, line)
          .isEqualTo(naive(line.toString()));
    }
  }

  /** Each word is looked for by itself, and the earliest counts. */
  private static String naive(String line) {
    String lower = line.replace('\u0130', 'i').toLowerCase(Locale.ROOT);
    String[][] words = {
      {"trace", "trace"}, {"debug", "debug"}, {"fatal", "fatal"}, {"critical", "critical"},
      {"error", "error"}, {"err", "error"}, {"warning", "warn"}, {"warn", "warn"},
      {"info", "info"}
    };
    int first = lower.length();
    String found = "unknown";
    for (String[] word : words) {
      for (int at = lower.indexOf(word[0]); at >= 0; at = lower.indexOf(word[0], at + 1)) {
        int end = at + word[0].length();
        if ((at == 0 || " \t\n[({\"'=|".indexOf(lower.charAt(at - 1)) >= 0)
            && (end == lower.length() || " \t\n[](){}:,!\"'=|".indexOf(lower.charAt(end)) >= 0)
            && at < first) {
          first = at;
          found = word[1];
        }
      }
    }
    return found;
  }
}
