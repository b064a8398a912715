package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static io.ghostworks.alertmanager.receiver.FakeService.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import org.junit.jupiter.api.Test;

class JiraTest {
  private static final Answer NONE = new Answer(200, "{\"issues\":[]}");
  private static final Answer CREATED = new Answer(201, "{\"key\":\"OPS-1\"}");
  private static final Answer UPDATED = new Answer(204, "");
  private static final String TRANSITIONS =
      "{\"transitions\":[{\"id\":\"11\",\"name\":\"Reopen\"},{\"id\":\"21\",\"name\":\"Done\"}]}";
  private static final String ENTRY =
      "{api_url: 'http://jira/rest/api/2/', project: OPS, issue_type: Bug, summary: s, description:"
          + " d, priority: '', reopen_transition: Reopen, resolve_transition: Done";

  private final FakeService service = new FakeService();

  private static Answer found(String category) {
    return new Answer(
        200,
        "{\"issues\":[{\"key\":\"OPS-7\",\"fields\":{\"status\":{\"name\":\"x\",\"statusCategory\":{\"key\":\"%s\"}}}}]}"
            .formatted(category));
  }

  /** Without the group's hash, which a test of its own has. */
  private String said(int index) {
    return service.said(index).replaceAll("ALERT\\{[0-9a-f]{64}}", "ALERT{HASH}");
  }

  @Test
  void makesAnIssueWhereThereIsNone() {
    service.answering(NONE, CREATED);
    assertThat(service.tell(Jira.KIND, ENTRY + "}", notification(firing("a"))))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(said(0))
        .isEqualTo(
            "POST http://jira/rest/api/2/search {\"fields\":[\"status\"],\"jql\":\"statusCategory"
                + " != Done and project=\\\"OPS\\\" and labels=\\\"ALERT{HASH}\\\" order by status"
                + " ASC,resolutiondate DESC\",\"maxResults\":2}\n");
    assertThat(said(1))
        .isEqualTo(
            "POST http://jira/rest/api/2/issue"
                + " {\"fields\":{\"description\":\"d\",\"issuetype\":{\"name\":\"Bug\"},\"labels\":[\"ALERT{HASH}\"],\"project\":{\"key\":\"OPS\"},\"summary\":\"s\"}}\n");
    assertThat(service.requests)
        .hasSize(2)
        .allSatisfy(request -> {
          assertThat(request.header("Accept-Language")).isEqualTo("en");
          assertThat(request.header("Content-Type")).isEqualTo("application/json");
        });
  }

  @Test
  void makesNoIssueForWhatIsOver() {
    service.answering(NONE);
    assertThat(service.tell(Jira.KIND, ENTRY + "}", notification(resolved("a"))))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(service.requests).hasSize(1);
  }

  @Test
  void updatesAnIssueAndReopensIt() {
    service.answering(found("done"), UPDATED, new Answer(200, TRANSITIONS), UPDATED);
    service.tell(
        Jira.KIND,
        ENTRY
            + ", reopen_duration: 4h, wont_fix_resolution: \"won't\", labels: [z, 'A {{ .Status"
            + " }}']}",
        notification(firing("a")));
    assertThat(said(0))
        .contains(
            "\"jql\":\"(resolution is EMPTY or resolution != \\\"won't\\\") and (resolutiondate is"
                + " EMPTY OR resolutiondate \\u003e= -240m) and project=");
    assertThat(said(1))
        .startsWith("PUT http://jira/rest/api/2/issue/OPS-7 ")
        .contains("\"labels\":[\"A firing\",\"ALERT{HASH}\",\"z\"]");
    assertThat(said(2)).isEqualTo("GET http://jira/rest/api/2/issue/OPS-7/transitions ");
    assertThat(said(3))
        .isEqualTo(
            "POST http://jira/rest/api/2/issue/OPS-7/transitions"
                + " {\"transition\":{\"id\":\"11\"}}\n");
  }

  @Test
  void resolvesAnIssueThatIsOpenAndLeavesOneThatIsDone() {
    service.answering(
        found("new"), UPDATED, new Answer(200, TRANSITIONS), UPDATED, found("done"), UPDATED);
    service.tell(Jira.KIND, ENTRY + "}", notification(resolved("a")));
    service.tell(Jira.KIND, ENTRY + "}", notification(resolved("a")));
    assertThat(service.body(3)).isEqualTo("{\"transition\":{\"id\":\"21\"}}\n");
    assertThat(service.requests).hasSize(6);
  }

  @Test
  void leavesTheFieldsThatAreNotToBeUpdated() {
    String entry =
        "{api_url: 'http://j/rest/api/2', project: OPS, issue_type: Bug, summary: {template: s,"
            + " enable_update: false}, description: {enable_update: false}, priority: High}";
    service.answering(found("new"), UPDATED);
    service.tell(Jira.KIND, entry, notification(firing("a")));
    assertThat(said(1))
        .isEqualTo(
            "PUT http://j/rest/api/2/issue/OPS-7"
                + " {\"fields\":{\"issuetype\":{\"name\":\"Bug\"},\"labels\":[\"ALERT{HASH}\"],\"priority\":{\"name\":\"High\"},\"project\":{\"key\":\"OPS\"}}}\n");
  }

  @Test
  void asksTheCloudByItsOwnPath() {
    service.answering(NONE, NONE, NONE);
    String rest = ", project: OPS, issue_type: Bug}";
    for (String url :
        new String[] {
          "api_url: 'https://x.atlassian.net/rest/api/2'",
          "api_type: cloud, api_url: 'http://j/rest/api/2'",
          "api_type: datacenter, api_url: 'https://x.atlassian.net/rest/api/2/'"
        }) {
      service.tell(Jira.KIND, "{" + url + rest, notification(resolved("a")));
    }
    assertThat(service.requests)
        .extracting(request -> request.uri().toString())
        .containsExactly(
            "https://x.atlassian.net/rest/api/3/search/jql",
            "http://j/rest/api/3/search/jql",
            "https://x.atlassian.net/rest/api/2/search");
  }

  @Test
  void writesADocumentInVersion3() {
    String entry =
        "{api_url: 'http://j/rest/api/3', project: OPS, issue_type: Bug, summary: s, priority: '',"
            + " description: ' { \"version\": 1, \"type\": \"doc\", \"content\": [] }'}";
    service.answering(NONE, CREATED);
    service.tell(Jira.KIND, entry, notification(firing("a")));
    assertThat(service.body(1))
        .startsWith(
            "{\"fields\":{\"description\":{\"version\":1,\"type\":\"doc\",\"content\":[]},\"issuetype\"");
    service.answering(NONE);
    assertThat(
            service.tell(
                Jira.KIND, entry.replace("\"doc\",", "\"doc\""), notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo("description template: invalid JSON for API v3");
              assertThat(failed.retry()).isFalse();
            });
  }

  @Test
  void addsFurtherFieldsAsTheTypesTheyHave() {
    service.answering(NONE, CREATED);
    service.tell(
        Jira.KIND,
        ENTRY
            + ", fields: {customfield_1: '{{ .Status }}', customfield_2: {value: x}, components:"
            + " [{name: '{{ .GroupLabels.alertname }}'}], customfield_3: 5, summary: mine,"
            + " customfield_4: '{\"a\": [1, true]}'}}",
        notification(firing("a")));
    assertThat(said(1))
        .isEqualTo(
            "POST http://jira/rest/api/2/issue"
                + " {\"fields\":{\"components\":[{\"name\":\"Down\"}],\"customfield_1\":\"firing\",\"customfield_2\":{\"value\":\"x\"},\"customfield_3\":5,\"customfield_4\":{\"a\":[1,true]},\"description\":\"d\",\"issuetype\":{\"name\":\"Bug\"},\"labels\":[\"ALERT{HASH}\"],\"project\":{\"key\":\"OPS\"},\"summary\":\"mine\"}}\n");
  }

  @Test
  void cutsSummaryAndDescription() {
    service.answering(NONE, CREATED);
    service.tell(
        Jira.KIND,
        "{api_url: 'http://j', project: P, issue_type: B, summary: '"
            + "s".repeat(300)
            + "', description: '"
            + "d".repeat(40_000)
            + "'}",
        notification(firing("a")));
    assertThat(service.body(1))
        .contains("\"summary\":\"" + "s".repeat(254) + "…\"")
        .contains("\"description\":\"" + "d".repeat(32_766) + "…\"")
        .contains("\"priority\":{\"name\":\"High\"}");
  }

  @Test
  void triesAgainWhatMayHeal() {
    assertFailed(
        "failed to look up existing issues: HTTP request to JIRA API: unexpected status code 429:"
            + " slow",
        true,
        FailureReason.RATE_LIMITED,
        new Answer(429, "slow"));
    assertFailed(
        "failed to look up existing issues: HTTP request to JIRA API: unexpected status code 401",
        false,
        FailureReason.AUTH_ERROR,
        new Answer(401, ""));
    assertFailed(
        "failed to look up existing issues: HTTP request to JIRA API: Post \"<redacted>\":"
            + " connection reset",
        false,
        FailureReason.OTHER,
        FakeService.BROKEN);
    assertFailed(
        "failed to POST request to \"issue\": unexpected status code 503",
        true,
        FailureReason.SERVER_ERROR,
        NONE,
        new Answer(503, ""));
    assertFailed(
        "failed to PUT request to \"issue/OPS-7\": unexpected status code 400: bad",
        false,
        FailureReason.CLIENT_ERROR,
        found("done"),
        new Answer(400, "bad"));
    assertFailed(
        "can't find transition Reopen for issue OPS-7",
        false,
        FailureReason.OTHER,
        found("done"),
        UPDATED,
        new Answer(200, "{\"transitions\":[]}"));
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertMistake("{project: P, issue_type: B}", "no global Jira Cloud URL set");
    assertMistake("{api_url: 'http://j', issue_type: B}", "missing project in jira_config");
    assertMistake("{api_url: 'http://j', project: P}", "missing issue_type in jira_config");
    assertMistake(
        "{api_url: 'http://j', project: P, issue_type: B, api_type: server}",
        "unknown api_type on jira_config, must be auto, cloud or datacenter");
  }

  private static void assertMistake(String entry, String message) {
    assertThat(mistakes(Jira.KIND, entry, "{}")).singleElement().asString().contains(message);
  }

  private void assertFailed(String error, boolean retry, FailureReason reason, Answer... answers) {
    service.answering(answers);
    assertThat(service.tell(Jira.KIND, ENTRY + "}", notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }
}
