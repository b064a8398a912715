package io.ghostworks.alertmanager.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.template.GoStrings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a group's issue, makes or updates it, and moves it on: reopens one that is done when
 * the group fires, resolves one that is open when it does not. Each step is tried again after
 * status code 429 or 5xx; without an answer it has failed, as in Alertmanager.
 */
record JiraScript(Jira config) implements HttpSender.Script {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final RetryRules RULES = RetryRules.retrying(TOO_MANY_REQUESTS);
  private static final Map<String, String> HEADERS = Map.of("Accept-Language", "en");
  private static final String DONE = "done";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    JsonNode issue;
    try {
      issue = search(talk);
    } catch (NotifyException e) {
      throw e.within("failed to look up existing issues");
    }
    if (issue == null && talk.isResolved()) {
      return; // No issue is made for what is over.
    }
    JiraIssue written = new JiraIssue(config, talk);
    String key = issue == null ? "" : issue.path("key").asText();
    String method = issue == null ? "POST" : "PUT";
    String path = issue == null ? "issue" : "issue/" + key;
    JsonStruct body = written.body(issue != null);
    try {
      ask(talk, method, ServiceUrls.joined(config.apiUrl(), path), body);
    } catch (NotifyException e) {
      throw e.within("failed to %s request to %s".formatted(method, GoStrings.quote(path)));
    }
    if (issue != null) {
      moveOn(talk, issue, key);
    }
  }

  private @Nullable JsonNode search(ServiceTalk talk) throws NotifyException {
    JsonStruct body =
        new JsonStruct()
            .put("fields", List.of("status"))
            .put("jql", jql(talk))
            .put("maxResults", 2);
    try {
      return parsed(ask(talk, "POST", searchUrl(), body)).path("issues").get(0);
    } catch (NotifyException e) {
      throw e.within("HTTP request to JIRA API");
    }
  }

  private String jql(ServiceTalk talk) throws NotifyException {
    StringBuilder jql = new StringBuilder();
    String wontFix = config.transitions().wontFix();
    if (!wontFix.isEmpty()) {
      jql.append("(resolution is EMPTY or resolution != ")
          .append(GoStrings.quote(wontFix))
          .append(") and ");
    }
    long minutes = config.reopenDuration().toMinutes();
    if (!talk.isResolved() && !config.transitions().reopen().isEmpty() && minutes > 0) {
      jql.append("(resolutiondate is EMPTY OR resolutiondate >= -")
          .append(minutes)
          .append("m) and ");
    } else {
      jql.append("statusCategory != Done and ");
    }
    String project;
    try {
      project = talk.text(config.project());
    } catch (NotifyException e) {
      throw e.within("invalid project template or value");
    }
    return jql.append("project=")
        .append(GoStrings.quote(project))
        .append(" and labels=")
        .append(GoStrings.quote(JiraIssue.label(talk)))
        .append(" order by status ASC,resolutiondate DESC")
        .toString();
  }

  /** Jira's cloud has no {@code /search} any more, its data centre has no {@code /search/jql}. */
  private String searchUrl() {
    boolean cloud =
        config.apiType().equals("cloud")
            || (config.apiType().equals("auto") && authority().endsWith("atlassian.net"));
    return cloud
        ? ServiceUrls.joined(config.apiUrl(), "search/jql")
            .replaceFirst("/rest/api/2/", "/rest/api/3/")
        : ServiceUrls.joined(config.apiUrl(), "search");
  }

  private String authority() {
    return String.valueOf(java.net.URI.create(config.apiUrl()).getRawAuthority());
  }

  private void moveOn(ServiceTalk talk, JsonNode issue, String key) throws NotifyException {
    JsonNode status = issue.path("fields").path("status");
    if (key.isEmpty() || status.isMissingNode() || status.isNull()) {
      return;
    }
    boolean done = status.path("statusCategory").path("key").asText().equals(DONE);
    if (done == talk.isResolved()) {
      return; // It is where it belongs.
    }
    String transition =
        talk.isResolved() ? config.transitions().resolve() : config.transitions().reopen();
    if (!transition.isEmpty()) {
      String url = ServiceUrls.joined(config.apiUrl(), "issue/" + key + "/transitions");
      String id = transitionId(talk, url, transition, key);
      ask(
          talk,
          "POST",
          url,
          new JsonStruct().put("transition", new JsonStruct().putUnlessEmpty("id", id)));
    }
  }

  private static String transitionId(ServiceTalk talk, String url, String name, String key)
      throws NotifyException {
    for (JsonNode transition : parsed(ask(talk, "GET", url, null)).path("transitions")) {
      if (transition.path("name").asText().equals(name)) {
        return transition.path("id").asText();
      }
    }
    throw NotifyException.forGood("can't find transition %s for issue %s".formatted(name, key));
  }

  private static HttpTransport.Answer ask(
      ServiceTalk talk, String method, String url, @Nullable JsonStruct body)
      throws NotifyException {
    HttpTransport.Answer answer;
    try {
      answer =
          talk.send(
              method,
              url,
              "application/json",
              HEADERS,
              body == null ? "".getBytes(StandardCharsets.UTF_8) : ServiceTalk.json(body));
    } catch (NotifyException e) {
      throw new NotifyException(String.valueOf(e.getMessage()), false, e.reason());
    }
    RULES.check(answer);
    return answer;
  }

  private static JsonNode parsed(HttpTransport.Answer answer) throws NotifyException {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw NotifyException.forGood("the answer is no JSON: " + e.getOriginalMessage());
    }
  }
}
