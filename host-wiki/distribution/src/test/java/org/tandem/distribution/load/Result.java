package org.tandem.distribution.load;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What a scenario found: a section of the report. Kept as JSON, so that scenarios may run one by
 * one.
 */
record Result(
    String heading,
    String date,
    List<Target> targets,
    List<String> head,
    List<List<String>> rows,
    List<String> notes) {

  record Target(String what, String wanted, String reached, boolean met) {}

  static Result of(String heading, String... head) {
    return new Result(
        heading,
        LocalDate.now(ZoneOffset.UTC).toString(),
        new ArrayList<>(),
        List.of(head),
        new ArrayList<>(),
        new ArrayList<>());
  }

  Result row(String... cells) {
    rows.add(List.of(cells));
    System.out.println("  " + String.join(" | ", cells));
    return this;
  }

  Result note(String sentence) {
    notes.add(sentence);
    System.out.println("  " + sentence);
    return this;
  }

  Result below(String what, double reached, double limit, String unit) {
    targets.add(
        new Target(
            what,
            "< " + Tally.number(limit) + " " + unit,
            Tally.number(reached) + " " + unit,
            reached < limit));
    return this;
  }

  Result above(String what, double reached, double limit, String unit) {
    targets.add(
        new Target(
            what,
            "≥ " + Tally.number(limit) + " " + unit,
            Tally.number(reached) + " " + unit,
            reached >= limit));
    return this;
  }
}
