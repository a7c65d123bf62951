package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_32;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is not a request as the interface describes it is refused, says why, and leaves no trace.
 * Every body here is a good one but for what its test is about, so that a service which overlooked
 * that would do what it is asked.
 */
class BadInputHttpTest extends HttpTest {

  private static final int MAX_BODY = 64 * 1024;

  private static final List<String> NOT_ONE_OBJECT =
      List.of(
          " ",
          "{",
          "}",
          "{]",
          "nul",
          "null",
          "[]",
          "[{}]",
          "\"\"",
          "\"text\"",
          "0",
          "1.5",
          "true",
          "false",
          "NaN",
          "{}{}",
          "{} x",
          "{},",
          "{'username':'ada'}",
          "{username:\"ada\"}",
          "{\"username\"}",
          "{\"username\":",
          "{\"username\":\"ada",
          "{\"username\":\"\\x\"}",
          "{\"username\":\"\\u12\"}",
          "{\"username\":\"a\nb\"}",
          "{\"username\":\"a\u0000b\"}",
          "/* */{}",
          "# {}",
          "<request/>",
          "username=ada");

  private static final List<String> NOT_STRINGS =
      List.of(
          "0",
          "-1",
          "1.5",
          "1e400",
          "true",
          "false",
          "[]",
          "[\"text\"]",
          "[[]]",
          "{}",
          "{\"text\":\"text\"}");

  /** As they stand in JSON: control characters, separators of lines, halves of surrogate pairs. */
  static final List<String> FORBIDDEN_CHARACTERS =
      List.of(
          "\\u0000",
          "\\u0001",
          "\\t",
          "\\n",
          "\\r",
          "\\u001b",
          "\\u007f",
          "\\u0085",
          "\\u2028",
          "\\u2029",
          "\\ud800",
          "\\udc00",
          "\\udc00\\ud800");

  private static String username = "";
  private static Tokens tokens = new Tokens("", "", "");

  private Object before = "";

  @BeforeEach
  void remember() {
    if (username.isEmpty()) {
      String name = Client.someone();
      tokens = Tokens.of(client.register(name).hasStatus(201).json().at("/tokens"));
      username = name;
    }
    before = Node.storage().contents();
  }

  @AfterEach
  void changesNothing() {
    assertThat(Node.storage().contents()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("endpointsAndNotOneObject")
  void refusesABodyThatIsNotOneJsonObject(Endpoint endpoint, String body) {
    refused(client.postText(endpoint.path, body), 400, "malformed_json");
  }

  static Stream<Arguments> endpointsAndNotOneObject() {
    return eachEndpointWith(NOT_ONE_OBJECT);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REVOKE")
  void refusesAnEmptyBody(Endpoint endpoint) {
    refused(client.postText(endpoint.path, ""), 400, "malformed_json");
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnythingAfterTheObject(Endpoint endpoint) {
    String body = json(endpoint.fields());
    for (String tail : List.of("x", " {}", "]", "}", ",", body)) {
      refused(client.postText(endpoint.path, body + tail), 400, "malformed_json");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAPropertyThatIsNamedTwice(Endpoint endpoint) {
    String members = json(endpoint.fields()).replaceAll("^\\{|}$", "");

    refused(
        client.postText(endpoint.path, "{" + members + "," + members + "}"), 400, "malformed_json");
  }

  @ParameterizedTest
  @EnumSource
  void refusesAPropertyThatItDoesNotKnow(Endpoint endpoint) {
    for (String name :
        List.of("roles", "id", "Username", "refresh_token", "class", "@type", "__proto__", "")) {
      refused(post(endpoint, endpoint.with(name, "\"admin\"")), 400, "validation_failed")
          .hasFieldError(name, "unknown");
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsLittleOfANameThatItDoesNotKnow(Endpoint endpoint) {
    Answer answer = post(endpoint, endpoint.with("x".repeat(10_000), "1"));

    refused(answer, 400, "validation_failed");
    assertThat(answer.body()).hasSizeLessThan(1000);
  }

  @ParameterizedTest
  @MethodSource("endpointsAndNotStrings")
  void refusesAnythingButAString(Endpoint endpoint, String value) {
    for (String field : endpoint.known) {
      refused(post(endpoint, endpoint.with(field, value)), 400, "validation_failed")
          .hasFieldError(field, "wrong_type");
    }
  }

  static Stream<Arguments> endpointsAndNotStrings() {
    return eachEndpointWith(NOT_STRINGS);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REVOKE")
  void refusesAMissingNullOrEmptyField(Endpoint endpoint) {
    for (String field : endpoint.required) {
      var without = endpoint.fields();
      without.remove(field);
      for (var fields :
          List.of(without, endpoint.with(field, "null"), endpoint.with(field, "\"\""))) {
        refused(post(endpoint, fields), 400, "validation_failed").hasFieldError(field, "required");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REVOKE")
  void namesAllFieldsThatAreMissing(Endpoint endpoint) {
    Answer answer = refused(client.postText(endpoint.path, "{}"), 400, "validation_failed");

    assertThat(answer.json().at("/errors").findValuesAsText("field")).isEqualTo(endpoint.required);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"refreshToken\":null}", "{\"refreshToken\":\"\"}"})
  void loggingOutWithoutAnyTokenIsRefused(String body) {
    refused(client.postText(Endpoint.REVOKE.path, body), 401, "access_token_required");
  }

  @ParameterizedTest
  @CsvSource({
    "REGISTER, username, 33", "REGISTER, email, 255", "REGISTER, password, 129",
        "REGISTER, firstName, 101",
    "REGISTER, lastName, 101", "LOGIN, username, 255", "LOGIN, password, 129",
        "REGISTER, username, 60000",
    "REGISTER, email, 60000", "REGISTER, password, 60000", "LOGIN, username, 60000",
        "LOGIN, password, 60000"
  })
  void refusesTextThatIsTooLong(Endpoint endpoint, String field, int length) {
    refused(
            post(endpoint, endpoint.with(field, quoted("x".repeat(length)))),
            400,
            "validation_failed")
        .hasFieldError(field, "too_long");
  }

  @ParameterizedTest
  @FieldSource("FORBIDDEN_CHARACTERS")
  void refusesControlCharactersAndHalfCharacters(String character) {
    String value = quoted("abc" + character + "defgh");
    for (Endpoint endpoint : List.of(Endpoint.REGISTER, Endpoint.LOGIN)) {
      for (String field : endpoint.known) {
        refused(post(endpoint, endpoint.with(field, value)), 400, "validation_failed")
            .hasFieldError(field, "forbidden_character");
      }
    }
  }

  @ParameterizedTest
  @FieldSource("FORBIDDEN_CHARACTERS")
  void aTokenWithAForbiddenCharacterIsNoToken(String character) {
    String refreshToken = quoted(tokens.refresh() + character);
    String accessToken = quoted(tokens.access() + character);

    refused(
        post(Endpoint.REFRESH, Endpoint.REFRESH.with("refreshToken", refreshToken)),
        401,
        "invalid_refresh_token");
    refused(
        post(Endpoint.REFRESH, Endpoint.REFRESH.with("accessToken", accessToken)),
        401,
        "access_token_mismatch");
    post(Endpoint.REVOKE, Endpoint.REVOKE.with("refreshToken", refreshToken)).hasStatus(204);
  }

  @ParameterizedTest
  @ValueSource(ints = {73, 1000, 60_000})
  void aTokenOfAnyLengthButItsOwnIsNoToken(int length) {
    String text = quoted("lkr_" + "A".repeat(length));

    refused(
        post(Endpoint.REFRESH, Endpoint.REFRESH.with("refreshToken", text)),
        401,
        "invalid_refresh_token");
    refused(
        post(Endpoint.REFRESH, Endpoint.REFRESH.with("accessToken", text)),
        401,
        "access_token_mismatch");
    post(Endpoint.REVOKE, Endpoint.REVOKE.with("refreshToken", text)).hasStatus(204);
  }

  /**
   * A stray continuation, a character cut short, overlong forms of NUL and a, half a surrogate
   * pair, bytes that UTF-8 never has.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0080",
        "\u00c3",
        "\u00c3(",
        "\u00e2\u0082",
        "\u00c0\u0080",
        "\u00c1\u00a1",
        "\u00ed\u00a0\u0080",
        "\u00fe",
        "\u00ff",
        "\u00f8\u0088\u0080\u0080\u0080"
      })
  void refusesBytesThatAreNotUtf8(String bytes) {
    for (Endpoint endpoint : Endpoint.values()) {
      for (String field : endpoint.known) {
        byte[] body = json(endpoint.with(field, quoted("abcdefgh" + bytes))).getBytes(ISO_8859_1);
        refused(send(endpoint, BodyPublishers.ofByteArray(body)), 400, "malformed_json");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesOtherEncodingsThanUtf8(Endpoint endpoint) {
    for (Charset charset : List.of(UTF_16, UTF_16LE, UTF_16BE, UTF_32)) {
      byte[] body = json(endpoint.fields()).getBytes(charset);
      refused(send(endpoint, BodyPublishers.ofByteArray(body)), 400, "malformed_json");
    }
  }

  @ParameterizedTest
  @EnumSource
  void deepNestingDoesNoHarm(Endpoint endpoint) {
    String deep = "[".repeat(30_000) + "]".repeat(30_000);

    refused(client.postText(endpoint.path, deep), 400, "malformed_json");
    refused(client.postText(endpoint.path, "{\"x\":".repeat(10_000)), 400, "malformed_json");
    refused(
            post(endpoint, endpoint.with(endpoint.known.getFirst(), deep)),
            400,
            "validation_failed")
        .hasFieldError(endpoint.known.getFirst(), "wrong_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "@",
        "x@",
        "@example.org",
        "x@example",
        "x@@example.org",
        "x@y@example.org",
        "x y@example.org",
        " x@example.org",
        "x@example.org ",
        ".x@example.org",
        "x.@example.org",
        "x..y@example.org",
        "x@.example.org",
        "x@example.org.",
        "x@example..org",
        "x@-example.org",
        "x@example-.org",
        "x@exa_mple.org",
        "x@127.0.0.1",
        "x@[127.0.0.1]",
        "\\\"x\\\"@example.org",
        "X <x@example.org>",
        "x@example.org,y@example.org",
        "x,y@example.org",
        "ä@example.org",
        "x@exämple.org",
        "mailto:x@example.org"
      })
  void refusesWhatIsNoEmailAddress(String email) {
    refused(
            post(Endpoint.REGISTER, Endpoint.REGISTER.with("email", quoted(email))),
            400,
            "validation_failed")
        .hasFieldError("email", "invalid_format");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada lovelace", " ada", "ada ", ".ada", "ada.", "-ada", "ada-", "_ada", "ada_",
            "ada@example", "ada/x",
        "ada\\\\x", "ada'--", "ada%00", "ädä", "аda", "ada+x", "ada:x", "<ada>", "ada\\u200bx",
            "ada\\u00a0x", "..."
      })
  void refusesWhatIsNoUserNameAndSaysTheRules(String name) {
    Answer answer =
        refused(
            post(Endpoint.REGISTER, Endpoint.REGISTER.with("username", quoted(name))),
            400,
            "validation_failed");

    answer.hasFieldError("username", "invalid_format");
    assertThat(answer.text("/errors/0/message"))
        .contains("3 to 32 characters", "letters", "digits", "dots", "hyphens", "underscores");
  }

  @ParameterizedTest
  @CsvSource({
    "username, ab",
    "username, a",
    "password, 1234567",
    "password, ä€😀",
    "password, '        '",
    "password, \\u200b\\u200b\\u200b\\u200b\\u200b\\u200b\\u200b\\u200b",
    "password, e\\u0301e\\u0301e\\u0301e\\u0301"
  })
  void refusesTextThatIsTooShort(String field, String text) {
    refused(
            post(Endpoint.REGISTER, Endpoint.REGISTER.with(field, quoted(text))),
            400,
            "validation_failed")
        .hasFieldError(field, "too_short");
  }

  @ParameterizedTest
  @EnumSource
  void refusesABodyOfOneByteTooMany(Endpoint endpoint) {
    byte[] body = padded(json(endpoint.fields()), MAX_BODY + 1);

    refused(send(endpoint, BodyPublishers.ofByteArray(body)), 413, "body_too_large");
    refused(send(endpoint, chunked(body)), 413, "body_too_large");
  }

  @ParameterizedTest
  @EnumSource
  void takesABodyOfTheGreatestSize(Endpoint endpoint) {
    byte[] body = padded("{}", MAX_BODY);
    int status = endpoint == Endpoint.REVOKE ? 401 : 400;
    String code = endpoint == Endpoint.REVOKE ? "access_token_required" : "validation_failed";

    refused(send(endpoint, BodyPublishers.ofByteArray(body)), status, code);
    refused(send(endpoint, chunked(body)), status, code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "application/xml",
        "*/*",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "application/json-patch+json"
      })
  void refusesAnotherMediaType(String mediaType) {
    for (Endpoint endpoint : Endpoint.values()) {
      var request = client.request(endpoint.path, "Content-Type", mediaType);
      var body = BodyPublishers.ofString(json(endpoint.fields()));
      refused(client.send(request.POST(body)), 415, "unsupported_media_type");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/accounts, GET PUT PATCH DELETE, POST",
    "/api/auth/login, GET PUT PATCH DELETE, POST",
    "/api/auth/refresh, GET PUT PATCH DELETE, POST",
    "/api/auth/revoke, GET PUT PATCH DELETE, POST",
    "/api/accounts/me, POST PUT, GET",
    "/api/accounts/me/password, GET POST PATCH DELETE, PUT",
    "/api/accounts/me/email, GET POST PATCH DELETE, PUT",
    "/api/accounts/password-reset, GET PATCH DELETE, POST",
    "/api/accounts/email-verification, GET PATCH DELETE, POST"
  })
  void refusesAnotherMethodAndNamesTheRightOne(String path, String methods, String allowed) {
    for (String method : methods.split(" ", -1)) {
      var request = client.request(path, "Authorization", "Bearer " + tokens.access());
      Answer answer = client.send(request.method(method, BodyPublishers.noBody()));
      refused(answer, 405, "method_not_allowed");
      assertThat(answer.header("Allow").split(", ?", -1))
          .as(method)
          .contains(allowed)
          .doesNotContain(method);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/nothing",
        "/api/accounts/nobody",
        "/api/accounts/me/sessions",
        "/api/auth",
        "/api/auth/logout",
        "/api/auth/login/x",
        "/api/Accounts",
        "/api/auth/..%2fhealth",
        "/api/auth/%00"
      })
  void hasNothingAtAnotherPath(String path) {
    refused(client.get(path), 404, "not_found");
    refused(client.postText(path, "{}"), 404, "not_found");
  }

  private static Answer refused(Answer answer, int status, String code) {
    answer.isProblem(status, code);
    assertThat(answer.headers("Cache-Control")).containsExactly("no-store");
    assertThat(answer.body()).doesNotContain(Client.PASSWORD, tokens.access(), tokens.refresh());
    return answer;
  }

  private Answer post(Endpoint endpoint, Map<String, String> fields) {
    return client.postText(endpoint.path, json(fields));
  }

  private Answer send(Endpoint endpoint, BodyPublisher body) {
    return client.send(
        client.request(endpoint.path, "Content-Type", "application/json").POST(body));
  }

  /** Without a length that is known beforehand. */
  private static BodyPublisher chunked(byte[] body) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
  }

  private static byte[] padded(String json, int length) {
    return (json + " ".repeat(length - json.length())).getBytes(UTF_8);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String json(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ":" + field.getValue())
        .collect(joining(",", "{", "}"));
  }

  private static Stream<Arguments> eachEndpointWith(List<String> values) {
    return Stream.of(Endpoint.values())
        .flatMap(endpoint -> values.stream().map(value -> Arguments.of(endpoint, value)));
  }

  /** What takes a body, with one that it would take. */
  enum Endpoint {
    REGISTER(
        "/api/accounts",
        List.of("username", "email", "password"),
        List.of("username", "email", "password", "firstName", "lastName")),
    LOGIN("/api/auth/login", List.of("username", "password"), List.of("username", "password")),
    REFRESH("/api/auth/refresh", List.of("refreshToken"), List.of("refreshToken", "accessToken")),
    REVOKE("/api/auth/revoke", List.of(), List.of("refreshToken")),
    PASSWORD_RESET("/api/accounts/password-reset", List.of("email"), List.of("email")),
    EMAIL_VERIFICATION("/api/accounts/email-verification", List.of("email"), List.of("email"));

    final String path;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    final List<String> required;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    final List<String> known;

    Endpoint(String path, List<String> required, List<String> known) {
      this.path = path;
      this.required = required;
      this.known = known;
    }

    /** The members by name, their values as they stand in JSON. */
    Map<String, String> fields() {
      var fields = new LinkedHashMap<String, String>();
      switch (this) {
        case REGISTER -> {
          String newcomer = Client.someone();
          fields.put("username", quoted(newcomer));
          fields.put("email", quoted(newcomer + "@example.org"));
          fields.put("password", quoted(Client.PASSWORD));
        }
        case LOGIN -> {
          fields.put("username", quoted(username));
          fields.put("password", quoted(Client.PASSWORD));
        }
        case REFRESH, REVOKE -> fields.put("refreshToken", quoted(tokens.refresh()));
        case PASSWORD_RESET, EMAIL_VERIFICATION ->
            fields.put("email", quoted(username + "@example.org"));
      }
      return fields;
    }

    Map<String, String> with(String field, String value) {
      var fields = fields();
      fields.put(field, value);
      return fields;
    }
  }
}
