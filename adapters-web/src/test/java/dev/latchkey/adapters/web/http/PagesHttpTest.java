package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages for people, as a browser gets them; what they do is shown by a browser. */
class PagesHttpTest extends HttpTest {

  static final List<String> PAGES =
      List.of("/", "/sign-up", "/sign-in", "/verify", "/reset", "/account");

  static final List<String> PAGES_AND_FILES =
      Stream.concat(
              PAGES.stream(),
              Stream.of(
                  "/pages/style.css", "/pages/form.js", "/pages/icon.svg", "/pages/texts.json"))
          .toList();

  /** What the client library adds to the codes of the service. */
  private static final Set<String> CODES_OF_THE_CLIENT =
      Set.of("network_error", "signed_out", "foreign_origin", "unexpected_answer");

  /** Of fields, wherever one is refused. */
  private static final List<String> FIELD_CODES =
      List.of(
          "required",
          "too_short",
          "too_long",
          "invalid_format",
          "invalid_value",
          "wrong_type",
          "unknown",
          "forbidden_character",
          "too_common",
          "breached",
          "too_similar");

  @ParameterizedTest
  @FieldSource("PAGES_AND_FILES")
  void comesWithThePolicyOfThePages(String path) {
    Answer answer = client.get(path).hasStatus(200);

    assertThat(answer.headers("Content-Security-Policy"))
        .containsExactly(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'");
    assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Permissions-Policy"))
        .contains("camera=()", "geolocation=()", "publickey-credentials-get=(self)");
    assertThat(answer.headers("Cache-Control")).containsExactly("no-cache");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void eachKindOfFileHasItsType() {
    assertThat(type("/sign-in")).isEqualTo("text/html;charset=utf-8");
    assertThat(type("/pages/style.css")).isEqualTo("text/css;charset=utf-8");
    assertThat(type("/pages/form.js")).isEqualTo("text/javascript;charset=utf-8");
    assertThat(type("/pages/icon.svg")).isEqualTo("image/svg+xml");
    assertThat(type("/pages/texts.json")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @FieldSource("PAGES_AND_FILES")
  void isNotSentAgainToWhoHasIt(String path) {
    Answer first = client.get(path).hasStatus(200);
    String tag = first.header("ETag");

    assertThat(tag).matches("\"[^\"]+\"");
    Answer again = client.get(path, "If-None-Match", tag).hasStatus(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(tag);
    assertThat(again.header("Content-Security-Policy"))
        .isEqualTo(first.header("Content-Security-Policy"));
    assertThat(client.get(path, "If-None-Match", "\"other\"").hasStatus(200).body())
        .isEqualTo(first.body());
  }

  @ParameterizedTest
  @FieldSource("PAGES_AND_FILES")
  void answersHeadAsGetWithoutTheBody(String path) {
    Answer head =
        client.send(client.request(path).method("HEAD", BodyPublishers.noBody())).hasStatus(200);

    assertThat(head.body()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo(client.get(path).header("ETag"));
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void hasNothingInlineAndNothingFromElsewhere(String path) {
    assertThat(client.get(path).body())
        .doesNotContainPattern(
            "(?i)<script(?! type=\"module\" src=\"/pages/[a-z-]+\\.js\"></script>)|<style|\\sstyle="
                + "|\\son\\w+=|javascript:|https?://|[\"'(=]//[a-z]");
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void hasATitleALanguageAndAllItsTexts(String path) {
    assertThat(client.get(path).body())
        .contains("<html lang=\"en\">")
        .containsPattern("<title>[^<]+</title>")
        .doesNotContain("{{", "}}");
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void leadsOnlyToWhatIsThere(String path) {
    assertThat(addressesIn(client.get(path).body()))
        .isNotEmpty()
        .allSatisfy(address -> client.get(address).hasStatus(200));
  }

  @Test
  void theFrontPageLoadsNoScript() {
    assertThat(client.get("/").body()).doesNotContain("<script");
  }

  @Test
  void everyScriptThatAScriptImportsIsThere() {
    assertThat(scripts().keySet()).contains("/pages/account.js", "/pages/client/index.js");
  }

  @Test
  void noScriptMakesScriptsOrElementsOfTexts() {
    assertThat(scripts())
        .allSatisfy(
            (path, script) ->
                assertThat(script)
                    .as(path)
                    .doesNotContainPattern(
                        "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new"
                            + " Function|setTimeout\\(['\"]|DOMParser"));
  }

  @Test
  void everyTextThatAPageOrAScriptUsesIsThereAndEveryTextIsUsed() throws IOException {
    var used = new TreeSet<String>();
    for (String page : PAGES) {
      used.addAll(groups("\\{\\{([^{}]+)\\}\\}", source(page)));
    }
    assertThat(used.remove("api-description")).isTrue();
    for (String script : scriptsOfThePages()) {
      Set<String> literals = groups("'([a-z][a-z._-]*)'", script);
      used.addAll(groups("\\btext\\('([^']+)'", script));
      literals.retainAll(texts());
      used.addAll(literals);
    }

    assertThat(texts())
        .filteredOn(key -> !key.matches("(?:problem|field|reason)\\..*"))
        .containsExactlyInAnyOrderElementsOf(
            used.stream().filter(key -> !key.matches("(?:problem|field|reason)\\..*")).toList());
    assertThat(texts()).containsAll(used);
  }

  @Test
  void everyProblemHasItsSentence() {
    assertThat(textsBelow("problem."))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Arrays.stream(ProblemCode.values()).map(ProblemCode::code),
                    CODES_OF_THE_CLIENT.stream())
                .toList());
    assertThat(client.get("/pages/texts.json").text("/problem.too_many_attempts"))
        .contains("{time}");
  }

  @Test
  void everyMistakeInAFieldHasItsSentence() {
    Set<String> below = textsBelow("field.");

    assertThat(below).containsAll(FIELD_CODES);
    assertThat(below)
        .allSatisfy(key -> assertThat(FIELD_CODES).contains(key.replaceFirst("^[a-z-]+\\.", "")));
  }

  @Test
  void theReasonsToSignInAreAClosedSet() {
    String script = client.get("/pages/address.js").hasStatus(200).body();
    String list = script.substring(script.indexOf("REASONS = ["), script.indexOf("];"));

    assertThat(textsBelow("reason.")).isEqualTo(groups("'([a-z_]+)'", list));
  }

  @Test
  void passwordsAreTypedWhereManagersFindThemAndCanBeShown() {
    for (String path : List.of("/sign-up", "/sign-in", "/reset", "/account")) {
      String page = client.get(path).body();
      List<String> passwords =
          groups("(<input[^>]*type=\"password\"[^>]*>)", page).stream().toList();

      assertThat(passwords)
          .isNotEmpty()
          .allSatisfy(
              input -> {
                assertThat(input).containsPattern("autocomplete=\"(?:current|new)-password\"");
                assertThat(input).doesNotContain("maxlength", "pattern=", "readonly");
                String id = groups(" id=\"([^\"]+)\"", input).iterator().next();
                assertThat(page)
                    .containsPattern("<button[^>]*class=\"show\" aria-controls=\"" + id + '"');
              });
      assertThat(page).doesNotContainPattern("(?i)onpaste|autocomplete=\"off\"");
      assertThat(page).containsPattern("autocomplete=\"username");
    }
    assertThat(scripts().values()).noneMatch(script -> script.contains("'paste'"));
  }

  @Test
  void passwordManagersFindWhereThePasswordIsChanged() {
    Answer answer = client.get("/.well-known/change-password").hasStatus(302);

    assertThat(answer.header("Location")).isEqualTo("/account#password");
    assertThat(client.get("/account").body()).contains("id=\"password\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pages",
        "/pages/",
        "/pages/sign-in.html",
        "/pages/none.js",
        "/pages/client",
        "/pages/client/none.js",
        "/pages/client/../form.js",
        "/pages/%2e%2e/application.yml",
        "/pages/..%2fapplication.yml",
        "/pages/client/..%2fform.js",
        "/index.html",
        "/sign-in.html",
        "/none"
      })
  void nothingElseIsServed(String path) {
    client.get(path).isProblem(404, "not_found");
  }

  @Test
  void theTextsCanBeReplacedAndStayTexts(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("texts.json"),
            """
            {"lang": "de", "sign-in.title": "<b>'An' & \\"ab\\"</b>{{nav.account}}$1"}
            """);

    try (Node other = Node.start(Map.of("latchkey.pages.texts", file.toString()))) {
      assertThat(other.client().get("/sign-in").hasStatus(200).body())
          .contains("<html lang=\"de\">", "<label for=\"password\">Password</label>")
          .contains(
              "<h1>&lt;b&gt;&#39;An&#39; &amp; &quot;ab&quot;&lt;/b&gt;{{nav.account}}$1</h1>")
          .doesNotContain("<b>");
      Answer texts = other.client().get("/pages/texts.json").hasStatus(200);
      assertThat(texts.text("/sign-in.title")).isEqualTo("<b>'An' & \"ab\"</b>{{nav.account}}$1");
      assertThat(texts.text("/sign-up.title")).isEqualTo("Sign up");
      assertThat(other.client().get("/sign-in").header("ETag"))
          .isNotEqualTo(client.get("/sign-in").header("ETag"));
    }
  }

  private String type(String path) {
    return client.get(path).hasStatus(200).header("Content-Type");
  }

  private Set<String> texts() {
    return client.get("/pages/texts.json").hasStatus(200).json().properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> textsBelow(String prefix) {
    return texts().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All that the pages load, and what that imports, by path. */
  private Map<String, String> scripts() {
    var found = new TreeMap<String, String>();
    var wanted = new ArrayDeque<String>();
    PAGES.forEach(
        page -> wanted.addAll(groups("<script type=\"module\" src=\"([^\"]+)\"", body(page))));
    while (!wanted.isEmpty()) {
      String path = wanted.remove();
      if (!found.containsKey(path)) {
        String script = body(path);
        found.put(path, script);
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        groups("(?:from|import) '\\./([^']+)'", script).forEach(name -> wanted.add(folder + name));
      }
    }
    return found;
  }

  private List<String> scriptsOfThePages() {
    return scripts().entrySet().stream()
        .filter(script -> !script.getKey().startsWith("/pages/client/"))
        .map(Map.Entry::getValue)
        .toList();
  }

  private String body(String path) {
    return client.get(path).hasStatus(200).body();
  }

  private static String source(String page) throws IOException {
    String file = "/pages/" + (page.equals("/") ? "index" : page.substring(1)) + ".html";
    try (InputStream html = PagesHttpTest.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(html, file).readAllBytes(), UTF_8);
    }
  }

  private static Set<String> addressesIn(String html) {
    return groups("(?:src|href)=\"(/[^\"#]*)", html);
  }

  private static Set<String> groups(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
