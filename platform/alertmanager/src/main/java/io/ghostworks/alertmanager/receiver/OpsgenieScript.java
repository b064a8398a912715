package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.JsonStruct;
import io.ghostworks.alertmanager.notify.NotifyException;
import io.ghostworks.alertmanager.notify.RetryRules;
import io.ghostworks.alertmanager.notify.ServiceTalk;
import io.ghostworks.alertmanager.notify.ServiceUrl;
import io.ghostworks.alertmanager.notify.Truncation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Creates an alert whose alias is the group, updates it where that is asked for, and closes it. */
record OpsgenieScript(Opsgenie config) implements HttpSender.Script {
  private static final RetryRules RULES = RetryRules.retrying(429);

  /** Source: the service's alert API. */
  private static final int MESSAGE_RUNES_MAX = 130;

  /** One request; all are rendered before the first is sent. */
  private record Step(String method, String url, JsonStruct body) {}

  @Override
  public void tell(ServiceTalk talk) throws NotifyException {
    List<Step> steps;
    String key;
    try {
      Map<String, String> details = details(talk);
      steps = talk.isResolved() ? List.of(close(talk)) : createAndUpdate(talk, details);
      key = talk.hide(talk.text(talk.secret(config.apiKey())).strip());
    } catch (NotifyException e) {
      throw e.within("templating error");
    }
    for (Step step : steps) {
      RULES.check(
          talk.sendJson(
              step.method, step.url, Map.of("Authorization", "GenieKey " + key), step.body));
    }
  }

  private Map<String, String> details(ServiceTalk talk) throws NotifyException {
    Map<String, String> details = new TreeMap<>(talk.data().commonLabels().toMap());
    for (Map.Entry<String, String> detail : config.details().entrySet()) {
      details.put(detail.getKey(), talk.text(detail.getValue()));
    }
    return details;
  }

  private Step close(ServiceTalk talk) throws NotifyException {
    return new Step(
        "POST", ofAlias(talk, "close"), new JsonStruct().put("source", talk.text(config.source())));
  }

  private List<Step> createAndUpdate(ServiceTalk talk, Map<String, String> details)
      throws NotifyException {
    String message = Truncation.inRunes(talk.text(config.message()), MESSAGE_RUNES_MAX);
    List<JsonStruct> responders = responders(talk);
    String description = talk.text(config.description());
    JsonStruct alert =
        new JsonStruct()
            .put("alias", talk.groupKeyHash())
            .put("message", message)
            .putUnlessEmpty("description", description)
            .put("details", details)
            .put("source", talk.text(config.source()))
            .putUnlessEmpty("responders", responders)
            .putUnlessEmpty("tags", parts(talk.text(config.tags())))
            .putUnlessEmpty("note", talk.text(config.note()))
            .putUnlessEmpty("priority", talk.text(config.priority()))
            .putUnlessEmpty("entity", talk.text(config.entity()))
            .putUnlessEmpty("actions", parts(talk.text(config.actions())));
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("POST", ServiceUrl.append(config.apiUrl(), "v2/alerts"), alert));
    if (config.updateAlerts()) {
      steps.add(
          new Step(
              "PUT",
              ofAlias(talk, "message"),
              new JsonStruct().putUnlessEmpty("message", message)));
      steps.add(
          new Step(
              "PUT",
              ofAlias(talk, "description"),
              new JsonStruct().putUnlessEmpty("description", description)));
    }
    return steps;
  }

  private String ofAlias(ServiceTalk talk, String what) {
    String path = "v2/alerts/%s/%s".formatted(talk.groupKeyHash(), what);
    return ServiceUrl.withParameter(
        ServiceUrl.append(config.apiUrl(), path), "identifierType", "alias");
  }

  private List<JsonStruct> responders(ServiceTalk talk) throws NotifyException {
    List<JsonStruct> all = new ArrayList<>();
    for (Opsgenie.Responder each : config.responders()) {
      Opsgenie.Responder responder =
          new Opsgenie.Responder(
              talk.text(each.id()),
              talk.text(each.name()),
              talk.text(each.username()),
              talk.text(each.type()));
      if (responder.equals(new Opsgenie.Responder("", "", "", ""))) {
        continue; // so that labels can decide who is told
      }
      if (responder.type().equals("teams")) {
        for (String team : parts(responder.name())) {
          all.add(responder(new Opsgenie.Responder("", talk.text(team), "", "team")));
        }
      } else {
        all.add(responder(responder));
      }
    }
    return all;
  }

  private static JsonStruct responder(Opsgenie.Responder responder) {
    return new JsonStruct()
        .putUnlessEmpty("id", responder.id())
        .putUnlessEmpty("name", responder.name())
        .putUnlessEmpty("username", responder.username())
        .put("type", responder.type());
  }

  /** The parts between commas that are not empty. */
  private static List<String> parts(String text) {
    return Arrays.stream(text.strip().split(",", -1)).filter(part -> !part.isEmpty()).toList();
  }
}
