package io.ghostworks.alertmanager.interval;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The facts of Alertmanager's own tables, and edges of its rules. */
class TimeIntervalTest {

  @Test
  void containsTimesByEveryPart() {
    check("{}", "2006-01-02T15:04Z 2007-01-03T10:04Z 2006-01-04T09:04Z", "");
    check(
        "{times: [{start_time: '09:00', end_time: '17:00'}], weekdays: ['monday:friday']}",
        "2020-05-04T15:04Z 2020-05-05T10:04Z 2020-06-09T09:04Z 2020-07-08T16:59Z",
        "2020-05-03T15:04Z 2020-05-04T08:59Z 2020-05-05T05:00Z 2020-07-08T17:00Z");
    check(
        "{days_of_month: ['4:6'], months: [april], years: [2020]}",
        "2020-04-04T15:04Z 2020-04-05T00:00Z 2020-04-06T23:05Z",
        "2018-05-03T15:04Z 2020-04-03T23:59Z 2020-06-04T23:59Z 2019-04-06T23:59Z"
            + " 2020-04-07T00:00Z");
    check(
        "{weekdays: ['monday:friday', Sunday], months: ['January:march'], days_of_month: ['-7:-1'],"
            + " years: ['2020:2025', '2030:2035'],"
            + " times: [{start_time: 09:00, end_time: 17:00}]}",
        "2021-01-27T09:00Z 2021-01-28T16:59Z 2021-01-29T13:00Z 2025-03-31T13:00Z 2035-01-31T13:00Z",
        "2021-01-30T13:00Z 2021-04-01T13:00Z 2026-01-30T13:00Z 2035-01-31T17:01Z");
  }

  @Test
  void countsDaysFromTheEndOfTheMonth() {
    check(
        "{days_of_month: ['-3:-1']}",
        "2020-01-31T15:04Z 2020-01-30T15:04Z 2020-01-29T15:04Z 2020-06-30T00:00Z 2020-02-29T23:05Z",
        "2018-05-03T15:04Z 2020-01-27T15:04Z 2020-04-03T23:59Z 2020-04-07T00:00Z"
            + " 2020-03-01T00:00Z");
    check(
        "{months: ['6'], days_of_month: ['-31:-1', '1:31']}",
        "2020-06-30T00:00Z 2020-06-01T00:00Z",
        "2020-05-31T00:00Z 2020-07-01T00:00Z");
    check("{days_of_month: ['30:31']}", "2021-01-30T00:00Z", "2021-02-28T00:00Z");
  }

  @Test
  void readsTheClockOfItsPlaceAlsoAroundTheChangeToSummerTime() {
    String sydney =
        "{times: [{start_time: '09:00', end_time: '17:00'}], weekdays: ['monday:friday'],"
            + " location: Australia/Sydney";
    check(sydney + "}", "2021-04-06T13:00+10:00", "2021-04-06T13:00Z");
    check(
        sydney + ", months: [november]}",
        "2021-11-01T09:00+11:00 2021-10-31T22:00Z",
        "2021-10-31T21:00Z");
    check(
        "{days_of_month: ['-1'], location: America/New_York}",
        "2021-03-31T12:00-04:00",
        "2021-03-30T12:00-04:00");
    String night = "{times: [{start_time: '02:00', end_time: '03:00'}], location: Europe/Berlin}";
    check(
        night,
        "2024-10-27T00:30Z 2024-10-27T01:30Z 2024-03-30T01:30Z", // the hour comes twice
        "2024-03-31T00:59Z 2024-03-31T01:00Z 2024-10-27T02:00Z"); // and is missing in spring
  }

  @Test
  void aPartWithoutRangesNeverHolds() {
    check("{weekdays: []}", "", "2020-05-04T15:04Z");
    check("{times: []}", "", "2020-05-04T15:04Z");
    check(
        "{weekdays: null, times: [{start_time: '00:00', end_time: '24:00'}]}",
        "2020-05-04T23:59Z",
        "");
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    refused(
        "{times: [{start_time: '01:99', end_time: '23:59'}]}", "couldn't parse timestamp 01:99");
    refused(
        "{times: [{start_time: '00:00', end_time: '99:99'}]}", "couldn't parse timestamp 99:99");
    refused(
        "{times: [{start_time: '12:30', end_time: '24:01'}]}", "couldn't parse timestamp 24:01");
    refused(
        "{times: [{start_time: '17:31', end_time: '17:31'}]}",
        "start time cannot be equal or greater");
    refused("{times: [{start_time: '14:03'}]}", "both start and end times must be provided");
    refused("{times: [{start_time: '14:03', end: '15:00'}]}", "is not a key that is known here");
    refused("{weekdays: ['friday:monday']}", "start day cannot be before end day");
    refused("{weekdays: ['blurgsday:flurgsday']}", "blurgsday is not a valid weekday");
    refused("{weekdays: ['monday:tuesday:friday']}", "couldn't parse range");
    refused("{days_of_month: ['0']}", "0 is not a valid day of the month: out of range");
    refused("{days_of_month: ['-50:-20']}", "-50 is not a valid day of the month: out of range");
    refused("{days_of_month: ['1:50']}", "50 is not a valid day of the month: out of range");
    refused("{days_of_month: ['-5:4']}", "end day must be negative if start day is negative");
    refused("{days_of_month: ['10:-25']}", "end day -25 is always before start day 10");
    refused("{days_of_month: ['-1:-3']}", "end day -3 is always before start day -1");
    refused("{months: ['martch']}", "martch is not a valid month");
    refused("{months: ['december:january']}", "end month january is before start month december");
    refused("{years: ['2022:2020']}", "end year 2020 is before start year 2022");
    refused("{years: ['two']}", "'two' is not a number");
    refused("{location: Nowhere/Here}", "unknown time zone Nowhere/Here");
    refused("{location: '+02:00'}", "unknown time zone +02:00");
    refused("{day: monday}", "is not a key that is known here");
    for (String place : List.of("UTC", "Local", "''", "EST", "Asia/Kolkata")) {
      assertThat(mistakes("{location: %s}".formatted(place))).isEmpty();
    }
  }

  @Test
  void namesEveryIntervalThatHoldsAsOftenAsItDoes() {
    List<TimeInterval> twice = read("{}", new Findings());
    Intervals intervals =
        new Intervals(
            Map.of(
                "always",
                List.of(twice.getFirst(), twice.getFirst()),
                "never",
                read("{months: []}", new Findings())));
    assertThat(intervals.containing(List.of("never", "always"), 0))
        .containsExactly("always", "always");
    assertThat(intervals.containing(List.of("never"), 0)).isEmpty();
  }

  private static void check(String yaml, String contained, String others) {
    Findings findings = new Findings();
    TimeInterval interval = read(yaml, findings).getFirst();
    findings.throwIfErrors();
    for (String time : contained.split(" ")) {
      assertThat(time.isEmpty() || interval.contains(nanos(time))).as(time).isTrue();
    }
    for (String time : others.split(" ")) {
      assertThat(!time.isEmpty() && interval.contains(nanos(time))).as(time).isFalse();
    }
  }

  private static long nanos(String time) {
    return OffsetDateTime.parse(time).toEpochSecond() * 1_000_000_000L;
  }

  private static void refused(String yaml, String reason) {
    assertThat(mistakes(yaml)).anySatisfy(mistake -> assertThat(mistake).contains(reason));
  }

  private static List<String> mistakes(String yaml) {
    Findings findings = new Findings();
    read(yaml, findings);
    return findings.errors().stream().map(ConfigError::toString).toList();
  }

  private static List<TimeInterval> read(String yaml, Findings findings) {
    String text = "time_intervals: [" + yaml + "]\n";
    return TimeIntervalReader.read(
        ConfigMap.of(YamlReader.read("am.yml", text), findings), "time_intervals");
  }
}
