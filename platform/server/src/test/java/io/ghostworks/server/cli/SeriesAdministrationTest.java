package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.wiring.Platform;
import io.ghostworks.server.wiring.ServeOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletes, snapshots, restoring and backfilling, as their users reach them. */
class SeriesAdministrationTest {
  private static final String ADMIN = "/api/v1/admin/tsdb/";

  @TempDir private Path directory;

  @Test
  void deletesSnapshotsAndRestores() throws IOException {
    String snapshot;
    Path data = directory.resolve("data");
    try (Platform platform = start(data, "listen: {admin_api: true}\n")) {
      long nowSeconds = System.currentTimeMillis() / 1000;
      long start = nowSeconds - 20 * 86_400;
      importText(platform, start);

      assertThat(post(platform, ADMIN + "delete_series", "").text())
          .isEqualTo(
              "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no match[] parameter"
                  + " provided\"}");
      assertThat(post(platform, ADMIN + "delete_series", "match[]=up{").text())
          .contains("invalid parameter \\\"match[]\\\": ");
      assertThat(
              post(platform, ADMIN + "delete_series", "match[]=up{job=\"b\"}&end=" + (start + 60))
                  .status())
          .isEqualTo(204);
      assertThat(
              post(platform, ADMIN + "delete_series", "match[]=up&start=" + start + "&end=1")
                  .status())
          .isEqualTo(204);
      assertThat(count(platform, start + 240)).isEqualTo("8");
      assertThat(
              new Client(address(platform))
                  .send("PUT", ADMIN + "clean_tombstones", new byte[0])
                  .status())
          .isEqualTo(204);
      assertThat(count(platform, start + 240)).isEqualTo("8");

      assertThat(
              run(
                  "rules",
                  "backfill",
                  "-s",
                  url(platform),
                  "--start",
                  "" + start,
                  "--end",
                  "" + (start + 240),
                  rules().toString()))
          .containsPattern("stored (8|10) samples; 0 were refused");
      assertThat(
              query(
                  platform,
                  "sum_over_time(job:up:twice[10m]) / sum_over_time(job:up:sum{level=\"x\"}[10m])",
                  start + 300))
          .isEqualTo("2");

      assertThat(post(platform, ADMIN + "snapshot", "skip_head=x").text())
          .contains(
              "invalid parameter \\\"skip_head\\\": unable to parse boolean: strconv.ParseBool:"
                  + " parsing \\\"x\\\": invalid syntax");
      snapshot = run("snapshot", "-s", url(platform)).strip();
      assertThat(snapshot).matches("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{16}");
      assertThat(run("restore", "--data", data.toString(), snapshotPath(data, snapshot)))
          .contains("is in use by another Ghostworks");
    }
    assertThat(run("restore", "--data", data.toString(), snapshotPath(data, snapshot)))
        .contains("empty data directory only");
    Path other = directory.resolve("other");
    assertThat(run("restore", "--data", other.toString(), snapshotPath(data, snapshot)))
        .contains("restored ");
    try (Platform platform = start(other, "")) {
      long start = System.currentTimeMillis() / 1000 - 20 * 86_400;
      assertThat(query(platform, "count(count_over_time(up[1h]))", start + 600)).isEqualTo("2");
      Client.Reply off = post(platform, ADMIN + "snapshot", "");
      assertThat(off.status()).isEqualTo(500);
      assertThat(off.text())
          .isEqualTo(
              "{\"status\":\"error\",\"errorType\":\"unavailable\",\"error\":\"admin APIs"
                  + " disabled\"}");
    }
  }

  private Platform start(Path data, String settings) throws IOException {
    Path config = Files.writeString(directory.resolve("ghostworks.yml"), settings);
    return Platform.start(
        new ServeOptions(
            Optional.of(config), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
  }

  private Path rules() throws IOException {
    return Files.writeString(
        directory.resolve("rules.yml"),
        """
        groups:
          - name: g
            interval: 1m
            rules:
              - {record: 'job:up:sum', expr: 'sum(up)', labels: {level: x}}
              - {record: 'job:up:twice', expr: '2 * job:up:sum'}
              - {alert: Down, expr: 'up == 0'}
        """);
  }

  /** Two series of five samples a minute apart. */
  private static void importText(Platform platform, long startSeconds) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      long time = (startSeconds + i * 60L) * 1000;
      text.append("up{job=\"a\"} 1 ").append(time).append('\n');
      text.append("up{job=\"b\"} 1 ").append(time).append('\n');
    }
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    int status =
        new Client(address(platform))
            .post("/api/v1/import/prometheus", "text/plain", body)
            .status();
    assertThat(status).isBetween(200, 204);
  }

  private static String count(Platform platform, long timeSeconds) {
    return query(platform, "sum(count_over_time(up[10m]))", timeSeconds);
  }

  private static String query(Platform platform, String query, long timeSeconds) {
    String answer =
        new Client(address(platform))
            .get(
                "/api/v1/query?time=%d&query=%s"
                    .formatted(timeSeconds, URLEncoder.encode(query, StandardCharsets.UTF_8)))
            .text();
    int at = answer.lastIndexOf(",\"") + 2;
    return answer.contains("\"value\"") ? answer.substring(at, answer.indexOf('"', at)) : answer;
  }

  private static Client.Reply post(Platform platform, String path, String form) {
    String encoded =
        form.replace("[", "%5B")
            .replace("]", "%5D")
            .replace("{", "%7B")
            .replace("}", "%7D")
            .replace("\"", "%22");
    return new Client(address(platform))
        .post(
            path,
            "application/x-www-form-urlencoded",
            encoded.replace("=%22b%22", "%3D%22b%22").getBytes(StandardCharsets.UTF_8));
  }

  private static String snapshotPath(Path data, String name) {
    return data.resolve("snapshots").resolve(name).toString();
  }

  private static String url(Platform platform) {
    return "http://127.0.0.1:" + address(platform).getPort();
  }

  private static java.net.InetSocketAddress address(Platform platform) {
    return platform.address(ListenerName.PROMETHEUS);
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    int status = CommandLine.run(arguments, printed, printed);
    assertThat(status).as(out.toString(StandardCharsets.UTF_8)).isBetween(0, 1);
    return out.toString(StandardCharsets.UTF_8);
  }
}
