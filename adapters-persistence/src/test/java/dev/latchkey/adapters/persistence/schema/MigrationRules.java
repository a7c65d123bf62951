package dev.latchkey.adapters.persistence.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a migration may not do: break the version before, which serves the same database while its
 * nodes are replaced, or lock a table for as long as it takes to read all of it
 * (docs/database.md#how-a-migration-is-written). It reads the text, not the database: a statement
 * that it does not understand passes.
 */
final class MigrationRules {

  /** On the first line of a migration that takes away what the version before no longer uses. */
  private static final String CONTRACTS = "-- Contracts: ";

  private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
  private static final Pattern TEXT = Pattern.compile("'(?:[^']|'')*'");
  private static final Pattern CREATED =
      Pattern.compile("^create table (?:if not exists )?(?<table>[\\w.\"]+)");

  /** What follows, up to the next change of the same table. */
  private static final String CLAUSE = "(?:(?!, (?:add|alter|drop) ).)*";

  /** Breaks the version before, unless that no longer uses it. */
  private static final List<Rule> CONTRACTING =
      List.of(
          Rule.of(
              "drops a table, a view or a type", "^drop (?:table|view|type|function|schema)\\b"),
          Rule.of("drops a column", "\\bdrop column\\b"),
          Rule.of("renames", "\\brename\\b"),
          Rule.of("takes away a default", "\\bdrop default\\b"),
          Rule.of("makes a column mandatory", "\\bset not null\\b"),
          Rule.of(
              "adds a mandatory column without a default",
              "\\badd column (?!" + CLAUSE + "\\bdefault\\b)" + CLAUSE + "\\bnot null\\b"),
          Rule.of("adds a constraint", "\\badd constraint\\b"),
          Rule.of(
              "changes the type of a column", "\\balter (?:column )?\\w+ (?:set data )?type\\b"),
          Rule.of("adds a unique index", "^create unique index\\b"),
          Rule.of("takes rights away", "^revoke\\b"));

  /** Locks a table that may be large for as long as it takes to read or to write all of it. */
  private static final List<Rule> LOCKING =
      List.of(
          Rule.of(
              "creates an index without CONCURRENTLY",
              "^create (?:unique )?index (?!concurrently\\b)"),
          Rule.of("drops an index without CONCURRENTLY", "^drop index (?!concurrently\\b)"),
          Rule.of(
              "adds a check or a foreign key that is not NOT VALID",
              "\\badd constraint \\w+ (?:check|foreign key)\\b(?!.*\\bnot valid\\b)"),
          Rule.of(
              "adds a key that makes an index",
              "\\badd constraint \\w+ (?:unique|primary key)\\b(?! using index\\b)"),
          Rule.of("makes a column mandatory", "\\bset not null\\b"),
          Rule.of(
              "changes the type of a column", "\\balter (?:column )?\\w+ (?:set data )?type\\b"),
          Rule.of("adds a column that is computed for each row", "\\badd column .*\\bstored\\b"),
          Rule.of(
              "adds a column whose default differs from row to row",
              "\\badd column .*\\b(?:default"
                  + " [\\w.]*(?:random|clock_timestamp|nextval)\\w*|(?:big)?serial|identity)\\b"),
          Rule.of("changes all rows at once", "^(?:update|delete)\\b(?!.*\\bwhere\\b)"),
          Rule.of(
              "locks or rewrites a table",
              "^(?:lock|truncate|cluster|vacuum full|refresh materialized view"
                  + " (?!concurrently))\\b"),
          Rule.of("changes lock_timeout", "\\block_timeout\\b"));

  private static final Pattern TABLE =
      Pattern.compile(
          "^(?:alter table (?:if exists )?(?:only )?|update (?:only )?|delete from (?:only"
              + " )?|create (?:unique )?index (?:concurrently )?(?:if not exists )?(?:\\w+ )?on"
              + " (?:only )?)(?<table>[\\w.\"]+)");

  private static final Pattern VIEW =
      Pattern.compile("^(?:create or replace|drop) view (?:if exists )?(?<view>[\\w.\"]+)");

  private MigrationRules() {}

  private record Rule(String broken, Pattern pattern) {

    static Rule of(String broken, String pattern) {
      return new Rule(broken, Pattern.compile(pattern));
    }

    boolean isBrokenBy(String statement) {
      return pattern.matcher(statement).find();
    }
  }

  /**
   * @return a sentence for each rule that is broken
   */
  static List<String> brokenBy(String migration) {
    var broken = new ArrayList<String>();
    Set<String> created = new HashSet<>();
    List<String> statements = statements(migration);
    for (String statement : statements) {
      Matcher creates = CREATED.matcher(statement);
      if (creates.find()) {
        created.add(creates.group("table"));
      }
      if (!created.contains(table(statement))) {
        if (!migration.startsWith(CONTRACTS)) {
          find(CONTRACTING, statement, "serves the version before no longer", broken);
        }
        find(LOCKING, statement, "keeps others from a table for long", broken);
      }
    }
    long changed =
        statements.stream()
            .map(MigrationRules::changedTable)
            .filter(table -> !table.isEmpty() && !created.contains(table))
            .distinct()
            .count();
    if (changed > 1) {
      broken.add(
          "locks a table while it waits for another, which can deadlock with requests: one file for"
              + " each table");
    }
    boolean concurrently = statements.stream().anyMatch(text -> text.contains(" concurrently "));
    if (concurrently && !statements.stream().allMatch(text -> text.contains("index "))) {
      broken.add("mixes CONCURRENTLY, which no transaction can undo, with other statements");
    }
    return broken;
  }

  private static void find(
      List<Rule> rules, String statement, String consequence, List<String> broken) {
    rules.stream()
        .filter(rule -> rule.isBrokenBy(statement))
        .forEach(
            rule ->
                broken.add("%s, and so %s: %s".formatted(rule.broken(), consequence, statement)));
  }

  /** A view that is replaced is locked as a table is. */
  private static String changedTable(String statement) {
    Matcher view = VIEW.matcher(statement);
    return view.find() ? view.group("view") : table(statement);
  }

  private static String table(String statement) {
    Matcher table = TABLE.matcher(statement);
    return table.find() ? table.group("table") : "";
  }

  /** In lower case, on one line each, without comments and without the insides of texts. */
  private static List<String> statements(String migration) {
    String bare = TEXT.matcher(COMMENT.matcher(migration).replaceAll("")).replaceAll("''");
    var statements = new ArrayList<String>();
    for (String statement : bare.split(";", -1)) {
      String line = statement.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
      if (!line.isEmpty()) {
        statements.add(line);
      }
    }
    return statements;
  }
}
