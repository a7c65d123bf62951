package dev.latchkey.examples.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.examples.tasks.Caller.Answer;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users can do with their tasks, and cannot do with those of others. */
final class TasksHttpTest {

  @Test
  void aTaskIsAddedListedFinishedRenamedAndDeleted() {
    String user = TestService.someone();
    Caller ada = TestService.user(user, "user");

    Answer added = ada.post("/tasks", Map.of("title", "  feed the herons ")).hasStatus(201);
    assertThat(added.at("/title").asText()).isEqualTo("feed the herons");
    assertThat(added.at("/owner").asText()).isEqualTo(user);
    assertThat(added.at("/done").isBoolean()).isTrue();
    assertThat(Instant.parse(added.at("/createdAt").asText())).isBefore(TestService.soon());

    String task = "/tasks/" + added.at("/id").asLong();
    assertThat(added.header("Location")).isEqualTo(task);
    assertThat(ada.patch(task, Map.of("done", true)).hasStatus(200).at("/done").asBoolean())
        .isTrue();
    Answer renamed = ada.patch(task, Map.of("title", "feed the geese")).hasStatus(200);
    assertThat(renamed.at("/done").asBoolean()).isTrue();
    assertThat(ada.patch(task, Map.of("done", false)).at("/done").asBoolean()).isFalse();
    assertThat(ada.titles()).containsExactly("feed the geese");

    ada.delete(task).hasStatus(204);
    assertThat(ada.titles()).isEmpty();
    ada.delete(task).isProblem(404, "not_found");
  }

  @Test
  void nobodySeesTheTasksOfAnother() {
    TestService.newcomer().add("mine");

    assertThat(TestService.newcomer().titles()).isEmpty();
  }

  @Test
  void forEverybodyElseThereIsNoSuchTask() {
    Caller ada = TestService.newcomer();
    String task = ada.add("mine");
    for (Caller other : new Caller[] {TestService.newcomer(), TestService.manager()}) {
      String refused = other.delete(task).isProblem(404, "not_found").http().body();

      other.patch(task, Map.of("done", true)).isProblem(404, "not_found");
      assertThat(other.delete("/tasks/999999999").isProblem(404, "not_found").http().body())
          .isEqualTo(refused);
    }
    assertThat(ada.get("/tasks").at("/tasks/0/done").asBoolean()).isFalse();
  }

  @Test
  void aManagerSeesTheTasksOfAll() {
    String ada = TestService.someone();
    String eve = TestService.someone();
    TestService.user(ada).add("of ada");
    TestService.user(eve).add("of eve");

    JsonNode newest = TestService.manager().get("/tasks/all?size=2").hasStatus(200).at("/tasks");

    assertThat(newest.findValuesAsText("owner")).containsExactly(eve, ada);
  }

  @Test
  void manyTasksComeInPagesTheNewestFirst() {
    Caller ada = TestService.newcomer();
    IntStream.rangeClosed(1, 5).forEach(number -> ada.add("task " + number));

    Answer first = ada.get("/tasks?size=2").hasStatus(200);
    ada.add("added meanwhile");
    Answer second = ada.get("/tasks?size=2&before=" + first.at("/next").asLong());
    Answer third = ada.get("/tasks?size=2&before=" + second.at("/next").asLong());

    assertThat(first.at("/tasks").findValuesAsText("title")).containsExactly("task 5", "task 4");
    assertThat(second.at("/tasks").findValuesAsText("title")).containsExactly("task 3", "task 2");
    assertThat(third.at("/tasks").findValuesAsText("title")).containsExactly("task 1");
    assertThat(third.at("/next").isNull()).isTrue();
  }

  @Test
  void aPageThatIsExactlyFullIsTheLast() {
    Caller ada = TestService.newcomer();
    ada.add("one");
    ada.add("two");

    assertThat(ada.get("/tasks?size=2").at("/next").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "101", "2147483647"})
  void aPageOfNoneOrTooManyIsRefused(String size) {
    TestService.newcomer().get("/tasks?size=" + size).isInvalid("size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\t\n", "a\u0000b", "two\nlines", "\ud800"})
  void aTitleThatIsEmptyOrCannotBeShownIsRefused(String title) {
    Caller ada = TestService.newcomer();
    String task = ada.add("mine");
    String body = "{\"title\":\"" + escaped(title) + "\"}";

    ada.json("POST", "/tasks", body).isInvalid("title");
    ada.json("PATCH", task, body).isInvalid("title");
    assertThat(ada.titles()).containsExactly("mine");
  }

  @Test
  void aTitleHasAtMost200Characters() {
    Caller ada = TestService.newcomer();
    String longest = "🪿".repeat(TaskRequest.LONGEST_TITLE);
    ada.add(longest);

    ada.post("/tasks", Map.of("title", longest + "!")).isInvalid("title");
    ada.post("/tasks", Map.of("title", "x".repeat(10_000))).isInvalid("title");
    ada.post("/tasks", Map.of("title", "x".repeat(1_000_000))).isProblem(413, "body_too_large");
    assertThat(ada.titles()).containsExactly(longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"title\":[\"a\"]}",
        "{\"title\":\"a\",\"owner\":\"eve\"}",
        "{\"title\":\"a\"} {}"
      })
  void aBodyOfAnotherFormIsRefused(String body) {
    Caller ada = TestService.newcomer();

    ada.json("POST", "/tasks", body).isProblem(400, "bad_request");
    assertThat(ada.titles()).isEmpty();
  }

  @Test
  void aNewTaskHasATitleAndIsNotDone() {
    Caller ada = TestService.newcomer();

    ada.json("POST", "/tasks", "{}").isInvalid("title");
    ada.json("POST", "/tasks", "{\"title\":null}").isInvalid("title");
    ada.post("/tasks", Map.of("title", "a", "done", true)).isInvalid("done");
  }

  @Test
  void aChangeOfNothingOrToSomethingElseIsRefused() {
    Caller ada = TestService.newcomer();
    String task = ada.add("mine");

    ada.json("PATCH", task, "{}").isInvalid("title");
    ada.json("PATCH", task, "{\"done\":\"true\"}").isProblem(400, "bad_request");
    ada.json("PATCH", task, "{\"done\":1}").isProblem(400, "bad_request");
    ada.json("PATCH", "/tasks/one", "{\"done\":true}").isProblem(400, "bad_request");
  }

  @Test
  void titlesAreDataWhateverIsInThem() {
    Caller ada = TestService.newcomer();
    String title = "'); DROP TABLE tasks; -- <script>alert(1)</script> \"\\ :owner ${x}";
    ada.add(title);

    assertThat(ada.titles()).containsExactly(title);
  }

  @Test
  void whatIsNotThereIsAProblemToo() {
    TestService.newcomer().get("/nothing").isProblem(404, "not_found");
    TestService.newcomer().delete("/tasks").isProblem(405, "method_not_allowed");
  }

  @Test
  void customersAreAList() {
    assertThat(TestService.manager().get("/customers").hasStatus(200).at("/customers"))
        .hasSizeGreaterThan(2)
        .allSatisfy(customer -> assertThat(customer.at("/name").asText()).isNotEmpty());
  }

  private static String escaped(String text) {
    var json = new StringBuilder();
    text.chars().forEach(unit -> json.append("\\u%04x".formatted(unit)));
    return json.toString();
  }
}
