package io.ghostworks.alertmanager.notify;

import io.ghostworks.alertmanager.alert.AlertLinks;
import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.template.GoObject;
import io.ghostworks.template.GoTime;
import io.ghostworks.template.NotificationFunctions.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What notification templates see: the fields and methods of Alertmanager's {@code template.Data},
 * and links beyond those: {@code SilenceURL} and, of an alert, {@code RunbookURL}.
 */
public record TemplateData(Notification notification, String externalUrl) implements JsonObject {

  static final String FIRING = "firing";
  static final String RESOLVED = "resolved";

  public String status() {
    boolean firing = notification.alerts().stream().anyMatch(alert -> alert.endsAtNanos() == 0);
    return firing ? FIRING : RESOLVED;
  }

  /** The receiver as a regular expression that matches it, as Alertmanager gives it. */
  public String receiver() {
    StringBuilder out = new StringBuilder();
    for (char c : notification.receiver().toCharArray()) {
      if ("\\.+*?()|[]{}^$".indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  public Labels commonLabels() {
    return common(notification.alerts().stream().map(ReceivedAlerts.Row::labels).toList());
  }

  Labels commonAnnotations() {
    return common(notification.alerts().stream().map(ReceivedAlerts.Row::annotations).toList());
  }

  private static Labels common(List<Labels> all) {
    if (all.isEmpty()) {
      return Labels.EMPTY;
    }
    Labels.Builder common = all.getFirst().toBuilder();
    for (String name : common.names()) {
      String value = all.getFirst().get(name);
      if (!all.stream().allMatch(labels -> labels.get(name).equals(value))) {
        common.remove(name);
      }
    }
    return common.build();
  }

  @Override
  public Map<String, @Nullable Object> jsonFields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("receiver", receiver());
    fields.put("status", status());
    fields.put("alerts", new AlertList(notification.alerts(), externalUrl).all());
    fields.put("notification_reason", notification.reason());
    fields.put("groupLabels", notification.groupLabels().toMap());
    fields.put("commonLabels", commonLabels().toMap());
    fields.put("commonAnnotations", commonAnnotations().toMap());
    fields.put("routeLabels", notification.routeLabels());
    fields.put("externalURL", externalUrl);
    return fields;
  }

  @Override
  public String typeName() {
    return "*template.Data";
  }

  @Override
  public @Nullable Member member(String name) {
    return switch (name) {
      case "Receiver" -> Member.of(receiver());
      case "Status" -> Member.of(status());
      case "Alerts" -> Member.of(new AlertList(notification.alerts(), externalUrl).value());
      case "NotificationReason" -> Member.of(notification.reason());
      case "GroupLabels" -> Member.of(new KeyValues(notification.groupLabels()));
      case "CommonLabels" -> Member.of(new KeyValues(commonLabels()));
      case "CommonAnnotations" -> Member.of(new KeyValues(commonAnnotations()));
      case "RouteLabels" -> Member.of(new KeyValues(Labels.of(notification.routeLabels())));
      case "ExternalURL" -> Member.of(externalUrl);
      case "SilenceURL" -> Member.of(AlertLinks.silence(externalUrl, commonLabels()));
      default -> null;
    };
  }

  @Override
  public String print() {
    return "&{%s %s}".formatted(receiver(), status());
  }

  /** The alerts; as a template's value a list with the methods Firing and Resolved. */
  private record AlertList(List<ReceivedAlerts.Row> rows, String externalUrl) {
    List<TemplateAlert> all() {
      return rows.stream().map(row -> new TemplateAlert(row, externalUrl)).toList();
    }

    Object value() {
      return new TemplateAlerts(all());
    }
  }

  /** {@code template.Alert}. */
  record TemplateAlert(ReceivedAlerts.Row row, String externalUrl) implements JsonObject {
    String status() {
      return row.endsAtNanos() == 0 ? FIRING : RESOLVED;
    }

    private static GoTime time(long nanos) {
      return nanos == 0 ? GoTime.ZERO : GoTime.ofEpochNanos(nanos);
    }

    @Override
    public Map<String, @Nullable Object> jsonFields() {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("status", status());
      fields.put("labels", row.labels().toMap());
      fields.put("annotations", row.annotations().toMap());
      fields.put("startsAt", time(row.startsAtNanos()));
      fields.put("endsAt", time(row.endsAtNanos()));
      fields.put("generatorURL", row.generatorUrl());
      fields.put("fingerprint", Fingerprint.of(row.labels()));
      return fields;
    }

    @Override
    public String typeName() {
      return "template.Alert";
    }

    @Override
    public @Nullable Member member(String name) {
      return switch (name) {
        case "Status" -> Member.of(status());
        case "Labels" -> Member.of(new KeyValues(row.labels()));
        case "Annotations" -> Member.of(new KeyValues(row.annotations()));
        case "StartsAt" -> Member.of(time(row.startsAtNanos()));
        case "EndsAt" -> Member.of(time(row.endsAtNanos()));
        case "GeneratorURL" -> Member.of(row.generatorUrl());
        case "Fingerprint" -> Member.of(Fingerprint.of(row.labels()));
        case "SilenceURL" -> Member.of(AlertLinks.silence(externalUrl, row.labels()));
        case "RunbookURL" -> Member.of(row.annotations().get("runbook_url"));
        default -> null;
      };
    }

    @Override
    public String print() {
      return "{%s %s %s}"
          .formatted(
              status(),
              new KeyValues(row.labels()).print(),
              new KeyValues(row.annotations()).print());
    }
  }

  /** {@code template.KV}: a map with methods. */
  record KeyValues(Labels labels) implements GoObject.Entries {
    @Override
    public Map<String, ?> entries() {
      return labels.toMap();
    }

    private List<Pair> pairs() {
      List<Pair> pairs = new ArrayList<>();
      labels.forEach((name, value) -> {
        if (name.equals("alertname")) {
          pairs.addFirst(new Pair(name, value));
        } else {
          pairs.add(new Pair(name, value));
        }
      });
      return pairs;
    }

    private KeyValues without(List<?> names) {
      Labels.Builder rest = labels.toBuilder();
      names.forEach(name -> rest.remove(String.valueOf(name)));
      return new KeyValues(rest.build());
    }

    @Override
    public String typeName() {
      return "template.KV";
    }

    @Override
    public @Nullable Member member(String name) {
      return switch (name) {
        case "SortedPairs" -> Member.method(0, a -> new Pairs(pairs()));
        case "Names" -> Member.method(0, a -> new Pairs(pairs()).names());
        case "Values" -> Member.method(0, a -> new Pairs(pairs()).values());
        case "Remove" -> Member.method(1, a -> without(a.list(0)));
        case "String" -> Member.method(0, a -> print());
        default -> null;
      };
    }

    @Override
    public String print() {
      return new Pairs(pairs()).print();
    }
  }

  /** {@code template.Pair}. */
  record Pair(String name, String value) implements GoObject {
    @Override
    public String typeName() {
      return "template.Pair";
    }

    @Override
    public @Nullable Member member(String member) {
      return switch (member) {
        case "Name" -> Member.of(name);
        case "Value" -> Member.of(value);
        default -> null;
      };
    }

    @Override
    public String print() {
      return "{" + name + " " + value + "}";
    }
  }

  /** {@code template.Pairs}: a list with methods. */
  record Pairs(List<Pair> pairs) implements GoObject.Elements {
    @Override
    public List<?> elements() {
      return pairs;
    }

    Strings names() {
      return new Strings(pairs.stream().map(Pair::name).toList());
    }

    Strings values() {
      return new Strings(pairs.stream().map(Pair::value).toList());
    }

    @Override
    public String typeName() {
      return "template.Pairs";
    }

    @Override
    public @Nullable Member member(String name) {
      return switch (name) {
        case "Names" -> Member.method(0, a -> names());
        case "Values" -> Member.method(0, a -> values());
        case "String" -> Member.method(0, a -> print());
        default -> null;
      };
    }

    @Override
    public String print() {
      return pairs.stream()
          .map(pair -> pair.name + "=" + pair.value)
          .collect(Collectors.joining(", "));
    }
  }

  /** {@code template.Strings}: a list with the method Join. */
  record Strings(List<String> texts) implements GoObject.Elements {
    @Override
    public List<?> elements() {
      return texts;
    }

    @Override
    public String typeName() {
      return "template.Strings";
    }

    @Override
    public @Nullable Member member(String name) {
      return name.equals("Join") ? Member.method(1, a -> String.join(a.text(0), texts)) : null;
    }

    @Override
    public String print() {
      return "[" + String.join(" ", texts) + "]";
    }
  }

  /** {@code template.Alerts}: a list with the methods Firing and Resolved. */
  record TemplateAlerts(List<TemplateAlert> alerts) implements GoObject.Elements {
    @Override
    public List<?> elements() {
      return alerts;
    }

    private List<TemplateAlert> with(String status) {
      return alerts.stream().filter(alert -> alert.status().equals(status)).toList();
    }

    @Override
    public String typeName() {
      return "template.Alerts";
    }

    @Override
    public @Nullable Member member(String name) {
      return switch (name) {
        case "Firing" -> Member.method(0, a -> with(FIRING));
        case "Resolved" -> Member.method(0, a -> with(RESOLVED));
        default -> null;
      };
    }

    @Override
    public String print() {
      return alerts.stream().map(TemplateAlert::print).collect(Collectors.joining(" ", "[", "]"));
    }
  }
}
